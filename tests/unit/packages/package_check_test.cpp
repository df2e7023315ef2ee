#include "packages/package_check.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("of what dpkg says of files, content and absence count") {
  // As dpkg 1.21.22 writes them; the last is what a small image leaves out.
  CHECK(parse_package_check("??5??????   /usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01\n"
                            "??5?????? c /etc/nvidia/nvidia-application-profiles.json\n"
                            "missing     /usr/bin/nvidia-smi\n"
                            "missing   c /etc/default/nvidia\n"
                            "missing     /usr/share/doc/libcuda1/changelog.Debian.gz\n") ==
        std::vector<AlteredFile>{{.path = "/usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01", .is_missing = false},
                                 {.path = "/usr/bin/nvidia-smi", .is_missing = true}});
}

TEST_CASE("of what rpm says of files, time, owner and mode do not count") {
  // As rpm 4.18 writes them.
  CHECK(parse_package_check("S.5....T.    /usr/lib64/libcuda.so.580.65.06\n"
                            ".......T.    /usr/lib64/libnvidia-ml.so.580.65.06\n"
                            ".M...UG..  g /run/nvidia-persistenced\n"
                            "S.5....T.  c /etc/nvidia/imex.cfg\n"
                            "missing     /usr/bin/nvidia-smi (Permission denied)\n"
                            "Unsatisfied dependencies for nvidia-driver-3:580.65.06-1.el9.x86_64:\n") ==
        std::vector<AlteredFile>{{.path = "/usr/lib64/libcuda.so.580.65.06", .is_missing = false},
                                 {.path = "/usr/bin/nvidia-smi", .is_missing = true}});
}

TEST_CASE("packages are named with their architecture, which one name may have two of") {
  InstalledPackage package;
  package.name = "libcuda1";
  package.architecture = "i386";
  CHECK(package_check_argv({package}, "") == std::vector<std::string>{"dpkg", "--verify", "libcuda1:i386"});
  package.architecture = "x86_64";
  CHECK(package_check_argv({package}, "/usr/lib/sysimage/rpm") ==
        std::vector<std::string>{"rpm", "--dbpath", "/usr/lib/sysimage/rpm", "--verify", "--nodeps", "--noscripts",
                                 "libcuda1.x86_64"});
}
