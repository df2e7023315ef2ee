#include "closure/rpm_world.hpp"

#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov {

TEST_CASE("how dnf chooses is read of its dnf.conf as dnf reads it") {
  const test::TempFolder folder;
  folder.write(
      "etc/dnf/dnf.conf",
      "[main] ; of all\nbest=off\n  \ninstallonlypkgs=kernel,\n\tkernel-rt\n# no value:\n  kernel-debug\nBest = True\n"
      "[other]\nbest=0\n");
  folder.write("etc/dnf/protected.d/own.conf", "systemd # and\nglibc\n");
  const auto machine = make_posix_host("/");
  HostFacts facts;
  facts.package_facts.manager = "dnf";
  RpmSettings expected = rpm_settings(TargetFiles(*machine, ""), facts);
  expected.best = true;
  for (const char* name : {"kernel", "kernel-rt", "kernel-debug"}) expected.installonly.emplace_back(name);
  for (const char* name : {"systemd", "glibc"}) expected.protected_packages.emplace_back(name);
  CHECK(rpm_settings(TargetFiles(*machine, folder.path()), facts) == expected);
}

}  // namespace nvprov
