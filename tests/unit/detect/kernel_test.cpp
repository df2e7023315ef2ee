#include "detect/kernel.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

TEST_CASE("kernel releases are ordered by their numbers") {
  CHECK(older_release("6.1.0-9-amd64", "6.1.0-41-amd64"));
  CHECK(!older_release("6.1.0-41-amd64", "6.1.0-9-amd64"));
  CHECK(older_release("6.1.0-41-amd64", "6.12.0-1-amd64"));
  CHECK(older_release("6.1.0-41-amd64", "6.1.0-41-cloud-amd64"));
  CHECK(older_release("6.1.0", "6.1.0-41-amd64"));
  CHECK(!older_release("6.1.0", "6.1.0"));
}

TEST_CASE("a kernel counts as installed when it has an image, and its headers when they are there") {
  TreeHost host;
  host.file("/boot/vmlinuz-6.1.0-9-amd64", "")
      .directory("/lib/modules/6.1.0-9-amd64")
      .link("/lib/modules/6.1.0-9-amd64/build", "/usr/src/linux-headers-6.1.0-9-amd64")  // removed since
      .file("/boot/vmlinuz-6.1.0-41-amd64", "")
      .link("/lib/modules/6.1.0-41-amd64/build", "/usr/src/linux-headers-6.1.0-41-amd64")
      .file("/usr/src/linux-headers-6.1.0-41-amd64/Makefile", "")
      .directory("/lib/modules/5.10.0-1-amd64")  // what a removed kernel leaves
      .file("/lib/modules/6.12.0-55.el10.x86_64/vmlinuz", "");
  Diagnostics diagnostics;
  const KernelFacts expected{
      "6.1.0-9-amd64", {{"6.1.0-9-amd64", false}, {"6.1.0-41-amd64", true}, {"6.12.0-55.el10.x86_64", false}}, {}};
  CHECK(detect_kernel(*host.view(), "6.1.0-9-amd64", diagnostics) == expected);
  CHECK(diagnostics.empty());
}

TEST_CASE("NVIDIA's modules are found wherever DKMS, distributions and the installer put them") {
  TreeHost host;
  const std::string base = "/lib/modules/6.1.0-41-amd64";
  host.file("/boot/vmlinuz-6.1.0-41-amd64", "")
      .file(base + "/updates/dkms/nvidia-current.ko", "")
      .file(base + "/updates/dkms/other.ko", "")
      .file(base + "/extra/nvidia/nvidia.ko.xz", "")
      .file(base + "/kernel/drivers/video/nvidia-uvm.ko", "")
      .file(base + "/kernel/drivers/video/fbdev/nvidia/nvidiafb.ko", "")  // the kernel's own
      .file(base + "/kernel/nvidia-580/nvidia-drm.ko.zst", "");
  Diagnostics diagnostics;
  const std::vector<std::string> expected = {
      "6.1.0-41-amd64: " + base + "/updates/dkms/nvidia-current.ko",
      "6.1.0-41-amd64: " + base + "/extra/nvidia/nvidia.ko.xz",
      "6.1.0-41-amd64: " + base + "/kernel/drivers/video/nvidia-uvm.ko",
      "6.1.0-41-amd64: " + base + "/kernel/nvidia-580/nvidia-drm.ko.zst",
  };
  CHECK(detect_kernel(*host.view(), std::nullopt, diagnostics).modules_of_nvidia == expected);
}

TEST_CASE("a kernel whose image lies beside its modules and whose headers lie in /usr/src/kernels is known") {
  const std::string release = "5.14.0-570.12.1.el9_6.x86_64";
  TreeHost host;
  host.file("/usr/lib/modules/" + release + "/vmlinuz", "")
      .link("/lib", "usr/lib")
      .link("/usr/lib/modules/" + release + "/build", "/usr/src/kernels/" + release)
      .file("/usr/src/kernels/" + release + "/Makefile", "")
      .file("/usr/lib/modules/" + release + "/extra/nvidia.ko.xz", "");
  Diagnostics diagnostics;
  CHECK(detect_kernel(*host.view(), release, diagnostics) ==
        KernelFacts{.running = release,
                    .installed = {{.release = release, .has_headers = true}},
                    .modules_of_nvidia = {release + ": /lib/modules/" + release + "/extra/nvidia.ko.xz"}});
  CHECK(diagnostics.empty());
}
