#include "export/export.hpp"

#include "base/text.hpp"
#include "export/script_commands.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

namespace {

Distro debian() {
  Distro distro;
  distro.id = "debian-12";
  distro.os_id = "debian";
  distro.version_id = "12";
  distro.package_manager = "apt";
  return distro;
}

Distro rocky() {
  Distro distro;
  distro.id = "rocky-9";
  distro.os_id = "rocky";
  distro.version_id = "9";
  distro.minor_versions = true;
  distro.package_manager = "dnf";
  return distro;
}

PackageChange fresh(std::string name, std::string version) {
  PackageChange change;
  change.name = std::move(name);
  change.architecture = "x86_64";
  change.version = std::move(version);
  return change;
}

// A driver from a module stream, with a part that comes along and lines that hold it.
Plan stream_plan() {
  Plan plan = samples::t4_plan();
  plan.host = "Rocky Linux 9.6 (Blue Onyx), x86_64";
  plan.resolution.distro = "rocky-9";
  const InstallPackages driver{
      .purpose = "driver", .packages = {{.name = "gpu-driver", .version = "3:99.9.0-1.el9"}}, .leaving = {}};
  plan.steps = {
      ImportKey{
          .path = "/etc/pki/rpm-gpg/KEY", .content = "key\n", .fingerprints = {}, .origin = "embedded", .purpose = "x"},
      HoldPackages{
          .path = "/etc/dnf/plugins/versionlock.list", .content = "gpu-driver-3:99.9.0-1.*\n", .purpose = "hold"},
      SetModuleStream{.module = "gpu-driver", .stream = "99-open", .previous = std::nullopt}, RefreshMetadata{},
      driver};
  plan.closure.packages = {fresh("gpu-driver", "3:99.9.0-1.el9"), fresh("gpu-libs", "3:99.9.0-1.el9")};
  return plan;
}

std::string message(const Result<std::string>& result) { return result ? "" : result.error().because.front(); }

}  // namespace

TEST_CASE("the script of a host's plan pins every package and key") {
  const auto script = export_shell(samples::t4_plan(), debian());
  REQUIRE(script);
  test::check_golden("export/t4.sh", *script);
  for (const PackageChange& package : samples::t4_plan().closure.packages) {
    CAPTURE(package.name);
    CHECK(contains(*script, package.name + "=" + *package.version));
  }
}

TEST_CASE("the script of an engine's file replaces none that is there, whatever its name") {
  Plan plan = samples::t4_plan();
  ConfigureContainerEngine step;
  step.path = "/etc/docker/$(date) it's.json";
  step.content = "{}\n";
  plan.steps = {
      step,
      ManageService{.unit = "docker.service", .action = ServiceAction::reload, .engine = "Docker", .purpose = {}}};
  const auto script = export_shell(plan, debian());
  REQUIRE(script);
  CHECK(contains(*script, "if [ -s '/etc/docker/$(date) it'\\''s.json' ]; then"));
  CHECK(contains(
      *script, "if systemctl is-active --quiet docker.service 2>/dev/null; then systemctl reload docker.service; fi"));
  plan.steps = {ManageService{
      .unit = "nvidia-persistenced.service", .action = ServiceAction::enable, .engine = {}, .purpose = {}}};
  const auto enabling = export_shell(plan, debian());
  REQUIRE(enabling);
  CHECK(
      contains(*enabling, "if command -v systemctl >/dev/null; then systemctl enable nvidia-persistenced.service; fi"));
  step.former = "{}";
  plan.steps = {step};
  CHECK(message(export_shell(plan, debian())) == "it changes files this system's administrator wrote");
}

TEST_CASE("exports set a link of update-alternatives") {
  const SetAlternative step = {
      .name = "cuda", .link = "/usr/local/cuda", .target = "/usr/local/cuda-12.4", .former = {}};
  const std::string line = "update-alternatives --set cuda /usr/local/cuda-12.4";
  Plan plan = samples::t4_plan();
  plan.steps.emplace_back(step);
  CHECK(contains(export_shell(plan, debian()).value(), line + "\n"));
  Plan image = samples::image_plan();
  image.steps.emplace_back(step);
  CHECK(contains(export_dockerfile(image, debian()).value(), line + "; \\\n"));
}

TEST_CASE("the script of a module stream's driver speaks dnf") {
  const auto script = export_shell(stream_plan(), rocky());
  REQUIRE(script);
  test::check_golden("export/stream.sh", *script);
}

TEST_CASE("an image's plan becomes ENV lines and one layer") {
  const auto lines = export_dockerfile(samples::image_plan(), debian());
  REQUIRE(lines);
  test::check_golden("export/image.dockerfile", *lines);
}

TEST_CASE("cloud-init gets the very script, line for line") {
  const auto script = export_shell(samples::t4_plan(), debian());
  const auto data = export_cloud_init(samples::t4_plan(), debian());
  REQUIRE(script);
  REQUIRE(data);
  test::check_golden("export/t4.cloud-init.yaml", *data);
  std::string unset;
  for (const std::string_view line : split_lines(*data))
    if (line.starts_with("      "))
      unset += std::string(line.substr(6)) + "\n";
    else if (line.empty())
      unset += "\n";
  CHECK(unset == *script);
}

TEST_CASE("a package that was there before keeps its mark") {
  Plan plan = samples::t4_plan();
  PackageChange upgraded = fresh("libdrm2", "99.2-1");
  upgraded.action = PackageAction::upgrade;
  upgraded.old_version = "99.1-1";
  plan.closure.packages.push_back(upgraded);
  const std::string script = export_shell(plan, debian()).value_or("");
  CHECK(contains(script, "automatic=$(apt-mark showauto liblzma5 libdrm2)"));
  CHECK(contains(script, "libdrm2=99.2-1"));
}

TEST_CASE("what a shell would read otherwise reaches the file as it is") {
  Plan plan = samples::t4_plan();
  plan.steps.insert(plan.steps.begin(),
                    WriteFile{.path = "/etc/it's", .content = "a'b $c \\n\n\n%s\n", .mode = 0640, .purpose = "x"});
  const std::string script = export_shell(plan, debian()).value_or("");
  CHECK(contains(script,
                 "printf '%s\\n' \\\n    'a'\\''b $c \\n' \\\n    '' \\\n    '%s' >'/etc/it'\\''s'\nchmod 0640 "
                 "'/etc/it'\\''s'\n"));
}

TEST_CASE("a plan that is not complete, agreed to or its own is no script") {
  CHECK(contains(message(export_shell(samples::unknown_closure_plan(), debian())), "exact packages"));
  CHECK(contains(message(export_shell(samples::blocked_plan(), debian())), "consent"));
  CHECK(contains(message(export_shell(samples::nothing_to_do_plan(), debian())), "nothing to do"));
  Plan moved = samples::t4_plan();
  moved.steps.insert(moved.steps.begin(), RemoveRepository{});
  CHECK(contains(message(export_shell(moved, debian())), "administrator"));
}

TEST_CASE("a Dockerfile is for an image and cloud-init for a host") {
  const auto host = export_dockerfile(samples::t4_plan(), debian());
  const auto image = export_cloud_init(samples::image_plan(), debian());
  REQUIRE(!host);
  REQUIRE(!image);
  CHECK(host.error().kind == ErrorKind::usage);
  CHECK(image.error().kind == ErrorKind::usage);
}
