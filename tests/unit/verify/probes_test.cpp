// The real programs, run as verify runs them.
#include "verify/probes.hpp"

#include "base/text.hpp"
#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"
#include "verify/parts.hpp"

using namespace nvprov;
using namespace nvprov::test;

TEST_CASE("the container probe tells the devices and mounts of where it runs, and needs no library") {
  const auto output = make_posix_host("/")->run_carried(container_probe());
  REQUIRE(output);
  CHECK(output->exit_status == 0);
  const auto proc = make_posix_host("/")->read_file("/proc/self/mountinfo");
  REQUIRE((proc && *proc));
  CHECK(output->out.ends_with(**proc));
  const auto devices = make_posix_host("/")->list_directory("/dev");
  REQUIRE((devices && *devices));
  for (const std::string& name : **devices) CHECK(contains(output->out, "device " + name + "\n"));
}

TEST_CASE("the CUDA probe says how CUDA starts, and without a driver the loader says what it misses") {
  const auto output = make_posix_host("/")->run_carried(cuda_probe());
  REQUIRE(output);
  if (output->exit_status == 127)
    CHECK(contains(output->err, "libcuda.so.1"));
  else
    CHECK(parse_cuda_start(output->out));
}

TEST_CASE("a carried program runs on the live machine alone") {
  const TempFolder root;
  CHECK(!make_posix_host(root.path())->run_carried(container_probe()));
}

TEST_CASE("what a driver says at its start is read whole, a name with blanks included") {
  const auto start = parse_cuda_start("init 0 CUDA_SUCCESS\ndriver 13000\ndevice 9 0 NVIDIA H100 80GB HBM3\n");
  CHECK(start ==
        CudaStart{
            .result = 0, .result_name = "CUDA_SUCCESS", .driver = 13000, .devices = {"NVIDIA H100 80GB HBM3 (9.0)"}});
  CHECK(!parse_cuda_start("Segmentation fault\n"));
  CHECK(!parse_cuda_start(""));
}

TEST_CASE("nvidia-smi's addresses are the kernel's") {
  CHECK(parse_gpu_list("00000000:3B:00.0, Tesla T4, 535.309.01\n0000ABCD:00:1E.0, Tesla T4, 535.309.01\n") ==
        std::vector<ManagedGpu>{{.address = "0000:3b:00.0", .name = "Tesla T4", .driver = "535.309.01"},
                                {.address = "abcd:00:1e.0", .name = "Tesla T4", .driver = "535.309.01"}});
  CHECK(parse_gpu_list("No devices were found\n").empty());
}

TEST_CASE("of a fabric each GPU's own state is read, and nothing of another section") {
  CHECK(parse_fabric_states("Driver Version : 580.65.06\n"
                            "GPU 00000000:07:00.0\n"
                            "    Product Name : NVIDIA H100\n"
                            "    Fabric\n"
                            "        State : Completed\n"
                            "        Status : Success\n"
                            "        CliqueId : 0\n"
                            "    Processes\n"
                            "        State : other\n"
                            "GPU 00000000:0A:00.0\n"
                            "    Fabric\n"
                            "        State : In Progress\n"
                            "        Status : N/A\n") ==
        std::vector<FabricState>{{.address = "0000:07:00.0", .state = "Completed", .status = "Success"},
                                 {.address = "0000:0a:00.0", .state = "In Progress", .status = "N/A"}});
}
