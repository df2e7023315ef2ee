#include "packages/rpm_query.hpp"

#include "host/run_command.hpp"
#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("what rpm's database says of a package is read: relations and files") {
  Diagnostics problems;
  const auto packages = parse_installed_rpms(
      "P\tgpg-pubkey\t(none)\t1\t2\t(none)\t0\n"
      "P\tbash\t(none)\t5.1.8\t9.el9\tx86_64\t7738634\n"
      "r\t(glibc or musl)\t\t\n"
      "r\tlibc.so.6()(64bit)\t\t\n"
      "r\trpmlib(PayloadIsZstd)\t <= \t5.4.18-1\n"
      "p\tbash\t = \t0:5.1.8-9.el9\n"
      "o\told-bash\t < \t4\n"
      "c\tsh\t >= \t1\n"
      "f\t/usr/bin/bash\n"
      "f\t/usr/share/doc/bash\n"
      "f\t/etc/skel/.bashrc\n"
      "P\tnvidia-driver\t3\t580.10.00\t1.el9\tx86_64\t1\n",
      problems);
  CHECK(problems.empty());
  REQUIRE(packages.size() == 2);
  CHECK(packages[0] == InstalledRpm{.name = "bash",
                                    .version = "5.1.8-9.el9",
                                    .architecture = "x86_64",
                                    .installed_bytes = 7738634,
                                    .needs = {{"(glibc or musl)", "", ""}, {"libc.so.6()(64bit)", "", ""}},
                                    .provided = {{"bash", "=", "0:5.1.8-9.el9"}},
                                    .conflicts = {{"sh", ">=", "1"}},
                                    .obsoletes = {{"old-bash", "<", "4"}},
                                    .files = {"/usr/bin/bash", "/usr/share/doc/bash", "/etc/skel/.bashrc"}});
  CHECK(packages[1].version == "3:580.10.00-1.el9");
}

TEST_CASE("the question to rpm's database is one a host that is only looked at may be asked") {
  CHECK(check_read_only({.argv = rpm_query_argv("/var/lib/rpm"), .environment = {}}));
}

TEST_CASE("a line rpm's database was not asked for is a problem") {
  Diagnostics problems;
  CHECK(parse_installed_rpms("error: something\nr\tstray\t\t\nP\tshort\n", problems).empty());
  CHECK(problems.size() == 3);
}

}  // namespace nvprov
