#include "report/apply_text.hpp"

#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

TEST_CASE("apply says what now is there, what was proven, and how to undo it") {
  check_golden("report/apply-t4.txt", apply_text(samples::t4_report(), samples::t4_plan()));
}

TEST_CASE("apply says what could not be proven") {
  ApplyReport report = samples::t4_report();
  report.reboot_needed = false;
  report.unproven = {"6.1.0-41-amd64: no module, its headers are not installed"};
  check_golden("report/apply-unproven.txt", apply_text(report, samples::t4_plan()));
}

TEST_CASE("a second apply names driver and CUDA and that nothing was done") {
  CHECK(apply_text(ApplyReport{}, samples::nothing_to_do_plan()) ==
        "Nothing to do: what was asked for is already there\n"
        "  driver  535.309.01 (branch 535), already installed\n"
        "  CUDA    11.8 (11.8.0), from the distribution's own archive; fully supported by the driver\n");
}

TEST_CASE("each kind of step has a title") {
  const AddRepository repository = {
      .path = "/etc/a.list", .content = "x", .purpose = "more packages", .third_party = true};
  CHECK(step_title(repository) == "add the repository file /etc/a.list: more packages (a third party's)");
  CHECK(step_title(RefreshMetadata{}) == "fetch the package indexes of every repository and check them");
  CHECK(step_title(WriteFile{.path = "/etc/b", .content = "", .mode = 0644, .purpose = "hold the driver"}) ==
        "write /etc/b: hold the driver");
  InstallPackages install;
  install.purpose = "driver";
  install.packages = {{.name = "a", .version = "1"}, {.name = "b", .version = std::nullopt}};
  install.allow_removals = true;
  CHECK(step_title(install) == "install 2 packages (driver) in one transaction, removals allowed");
}

TEST_CASE("progress fits the terminal and never leaves 0 to 100") {
  CHECK(progress_line("install", 40, "Unpacking libcuda1", 80) ==
        "install   40% [########............] Unpacking libcuda1");
  CHECK(progress_line("download", 250, "Retrieving file 1 of 5", 40) == "download 100% [####################] Ret");
  CHECK(progress_line("install", -1, "", 0).empty());
  CHECK(plain_progress_line("install", 40.4, "Unpacking libcuda1") == "install: 40%: Unpacking libcuda1");
  CHECK(plain_progress_line("install", 101, "") == "install: 100%");
}
