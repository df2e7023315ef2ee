#include "detect/cuda.hpp"

#include "detect/containers.hpp"
#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

TEST_CASE("a toolkit's version is that of its own file, old form or new") {
  CHECK(parse_cuda_version_json(R"({"cuda": {"name": "CUDA SDK", "version": "12.4.1"}})") == "12.4.1");
  CHECK(parse_cuda_version_json(R"({"cuda": "12.4.1"})") == std::nullopt);
  CHECK(parse_cuda_version_json("not JSON") == std::nullopt);
  CHECK(parse_cuda_version_text("CUDA Version 10.2.89\n") == "10.2.89");
  CHECK(parse_cuda_version_text("CUDA 10.2") == std::nullopt);
}

TEST_CASE("toolkits below /usr/local are listed once, not again for the links to them") {
  TreeHost host;
  host.file("/usr/local/cuda-12.4/version.json", R"({"cuda": {"name": "CUDA SDK", "version": "12.4.1"}})")
      .file("/usr/local/cuda-10.2/version.txt", "CUDA Version 10.2.89\n")
      .directory("/usr/local/cuda-13.0/bin")
      .directory("/usr/local/cuda-next/bin")
      .link("/usr/local/cuda", "cuda-12.4")
      .link("/usr/local/cuda-12", "/etc/alternatives/cuda-12")
      .directory("/usr/local/bin");
  Diagnostics diagnostics;
  CHECK(detect_cuda_toolkits(*host.view(), diagnostics) ==
        std::vector<CudaToolkit>{{"/usr/local/cuda-10.2", "10.2.89"},
                                 {"/usr/local/cuda-12.4", "12.4.1"},
                                 {"/usr/local/cuda-13.0", "13.0"},
                                 {"/usr/local/cuda-next", std::nullopt}});
  CHECK(diagnostics.empty());
}

TEST_CASE("where the link that several releases share leads, and who decided") {
  Diagnostics diagnostics;
  TreeHost none;
  CHECK(detect_cuda_alternative(*none.view(), diagnostics) == std::nullopt);
  TreeHost dpkg;
  dpkg.file("/var/lib/dpkg/alternatives/cuda", "auto\n/usr/local/cuda\n\n/usr/local/cuda-12.9\n129\n\n")
      .link("/etc/alternatives/cuda", "/usr/local/cuda-12.9");
  CHECK(detect_cuda_alternative(*dpkg.view(), diagnostics) ==
        AlternativeFacts{.by_hand = false, .target = "/usr/local/cuda-12.9"});
  TreeHost chkconfig;
  chkconfig.file("/var/lib/alternatives/cuda", "manual\n/usr/local/cuda\n\n/usr/local/cuda-12.4\n12\n")
      .link("/etc/alternatives/cuda", "/usr/local/cuda-12.4");
  CHECK(detect_cuda_alternative(*chkconfig.view(), diagnostics) ==
        AlternativeFacts{.by_hand = true, .target = "/usr/local/cuda-12.4"});
  CHECK(diagnostics.empty());
  TreeHost broken;
  broken.file("/var/lib/dpkg/alternatives/cuda", "no such mode\n");
  CHECK(detect_cuda_alternative(*broken.view(), diagnostics) == std::nullopt);
  CHECK(diagnostics.size() == 1);
}

EngineInstallation told_by(std::string id, std::vector<std::string> programs) {
  EngineInstallation installation;
  installation.id = std::move(id);
  installation.programs = std::move(programs);
  return installation;
}

TEST_CASE("engines are found by their daemons, not by a client that may talk to another machine") {
  TreeHost host;
  host.file("/usr/bin/docker", "").file("/usr/bin/containerd", "").file("/usr/local/bin/crio", "");
  Diagnostics diagnostics;
  const std::vector<EngineInstallation> installations = {told_by("docker", {"/usr/bin/dockerd"}),
                                                         told_by("containerd", {"/usr/bin/containerd"}),
                                                         told_by("cri-o", {"/usr/bin/crio", "/usr/local/bin/crio"})};
  CHECK(detect_container_engines(*host.view(), installations, diagnostics) ==
        std::vector<ContainerEngine>{{"containerd", "/usr/bin/containerd"}, {"cri-o", "/usr/local/bin/crio"}});
  CHECK(diagnostics.empty());
}

TEST_CASE("an engine that a user runs without root is found by its socket") {
  TreeHost host;
  host.file("/run/user/0/bus", "").file("/run/user/1000/docker.sock", "");
  EngineInstallation rootless = told_by("docker-rootless", {});
  rootless.sockets = {"docker.sock"};
  Diagnostics diagnostics;
  CHECK(detect_container_engines(*host.view(), {rootless}, diagnostics) ==
        std::vector<ContainerEngine>{{"docker-rootless", "/run/user/1000/docker.sock"}});
  CHECK(detect_container_engines(*TreeHost().view(), {rootless}, diagnostics).empty());
  CHECK(diagnostics.empty());
}
