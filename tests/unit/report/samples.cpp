#include "unit/report/samples.hpp"

#include "unit/report/samples_closure.hpp"

namespace nvprov::report_samples {
namespace {

const std::string package_version = "535.309.01-0+deb12u1";
const std::vector<Source> debian_source = {
    {.title = "Debian's package lists, read 2026-11-22", .url = "https://www.example.org/debian"}};
const std::vector<Source> cuda_source = {
    {.title = "CUDA release notes, table 2", .url = "https://docs.example.org/cuda"}};

Conflict conflict(ConflictReason reason, std::string subject, std::string other = {}, std::string limit = {}) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

Notice notice(NoticeKind kind, std::string subject = {}, std::string other = {}, std::string limit = {}) {
  return {.kind = kind, .subject = std::move(subject), .other = std::move(other), .limit = std::move(limit)};
}

Reason reason(std::string subject, std::string rule, std::string chosen, std::string because,
              std::vector<Source> sources = debian_source) {
  return {.subject = std::move(subject),
          .rule = std::move(rule),
          .chosen = std::move(chosen),
          .because = std::move(because),
          .sources = std::move(sources)};
}

DriverChoice driver_535() {
  DriverChoice driver;
  driver.branch = "535";
  driver.version = "535.309.01";
  driver.flavour = "proprietary";
  driver.source = "distro";
  driver.package_version = package_version;
  driver.module_name = "nvidia-current";
  driver.packages = {"nvidia-kernel-dkms", "libcuda1", "nvidia-smi", "nvidia-persistenced"};
  driver.end_of_support = "2028-06-30";
  driver.cuda_ceiling = "12.2";
  return driver;
}

CudaChoice cuda_118() {
  CudaChoice cuda;
  cuda.requested = "auto";
  cuda.release = "11.8";
  cuda.update = "11.8.0";
  cuda.source = "distro";
  cuda.driver_floor = "520.61.05";
  cuda.packages = {"libcudart11.0"};
  return cuda;
}

std::vector<Reason> t4_reasons() {
  return {reason("driver", "longest-support", "535.309.01", "2028-06-30"),
          reason("module", "open-not-offered", "proprietary", "it does not build on this kernel"),
          reason("cuda", "newest-supported", "11.8", "driver 535.309.01", cuda_source)};
}

Resolution t4_resolution() {
  Resolution resolution;
  resolution.distro = "debian-12";
  resolution.profiles = {"deploy"};
  resolution.source = "distro";
  resolution.driver = driver_535();
  resolution.cuda = {cuda_118()};
  resolution.headers = {{.name = "linux-headers-amd64", .version = {}}};
  resolution.kernels = {"6.1.0-56-amd64"};
  resolution.left_out = {{.component = "cublas",
                          .packages = {"libcublas11", "libcublaslt11"},
                          .ask = "--libraries cublas",
                          .download_bytes = 250972432}};
  resolution.reasons = t4_reasons();
  resolution.rejected = {{.subject = "the open module of driver 535.261.03",
                          .conflict = conflict(ConflictReason::closure_mixed_versions, "nvidia-open-kernel-dkms",
                                               "535.261.03-1", "535.309.01")}};
  return resolution;
}

AddRepository component_file() {
  return {.path = "/etc/apt/sources.list.d/nvprov-components.sources",
          .content =
              "# Written by nvprov: the components that hold the NVIDIA driver.\n"
              "Types: deb\n"
              "URIs: http://mirror.example.org/debian\n"
              "Suites: bookworm bookworm-updates\n"
              "Components: contrib non-free non-free-firmware\n"
              "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
              "\n"
              "Types: deb\n"
              "URIs: http://mirror.example.org/debian-security\n"
              "Suites: bookworm-security\n"
              "Components: contrib non-free non-free-firmware\n"
              "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n",
          .purpose = "contrib non-free non-free-firmware of Debian's own archive"};
}

WriteFile hold_file() {
  WriteFile file;
  file.path = "/etc/apt/preferences.d/nvprov-hold";
  file.content =
      "# Written by nvprov: hold the driver at 535.309.01.\n"
      "Package: libcuda1 nvidia-kernel-dkms nvidia-smi\n"
      "Pin: version 535.309.01-0+deb12u1\n"
      "Pin-Priority: 1001\n";
  file.purpose = "hold the driver at 535.309.01";
  return file;
}

PackageRequest request_of(std::string name, std::optional<std::string> version = std::nullopt) {
  return {.name = std::move(name), .version = std::move(version)};
}

InstallPackages driver_transaction() {
  InstallPackages step;
  step.purpose = "driver and libraries";
  step.packages = {request_of("libcuda1", package_version), request_of("libcudart11.0"),
                   request_of("linux-headers-amd64"),       request_of("nvidia-kernel-dkms", package_version),
                   request_of("nvidia-persistenced"),       request_of("nvidia-smi", package_version)};
  return step;
}

Plan bare_plan() {
  Plan plan;
  plan.tool_version = "0.1.0";
  plan.catalog_date = "2026-11-22";
  plan.catalog_digest = std::string(64, 'c');
  plan.facts_fingerprint = std::string(64, 'f');
  plan.metadata_digest = std::string(64, 'm');
  plan.metadata_fetched_at = "2026-11-22T11:04:42Z";
  plan.architecture = "x86_64";
  plan.host = "Debian GNU/Linux 12 (bookworm), x86_64";
  plan.gpus = {"2x Tesla T4"};
  plan.resolution = t4_resolution();
  return plan;
}

PackageChange change(PackageAction action, std::string name, std::optional<std::string> old_version,
                     std::optional<std::string> version) {
  PackageChange result;
  result.action = action;
  result.name = std::move(name);
  result.architecture = "amd64";
  result.old_version = std::move(old_version);
  result.version = std::move(version);
  if (result.version) result.origin = "Debian bookworm-security";
  if (result.version) result.download_bytes = 390600;
  return result;
}

}  // namespace

Plan t4_plan() {
  Plan plan = bare_plan();
  plan.steps = {component_file(), RefreshMetadata{}, hold_file(), driver_transaction()};
  plan.closure = t4_closure();
  plan.usable = Usable::after_reboot;
  plan.notices = {notice(NoticeKind::nouveau_until_reboot)};
  plan.undo = {{"apt-get", "purge", "--autoremove", "libcuda1", "libcudart11.0", "nvidia-kernel-dkms",
                "nvidia-persistenced", "nvidia-smi"},
               {"rm", "/etc/apt/preferences.d/nvprov-hold", "/etc/apt/sources.list.d/nvprov-components.sources"}};
  plan.equivalent = {{"apt-get", "install", "--no-install-recommends", "libcuda1=535.309.01-0+deb12u1", "libcudart11.0",
                      "linux-headers-amd64", "nvidia-kernel-dkms=535.309.01-0+deb12u1", "nvidia-persistenced",
                      "nvidia-smi=535.309.01-0+deb12u1"}};
  return plan;
}

Plan nothing_to_do_plan() {
  Plan plan = bare_plan();
  plan.resolution.driver->kept = true;
  plan.usable = Usable::now;
  plan.closure.known = true;
  return plan;
}

Plan unknown_closure_plan() {
  Plan plan = bare_plan();
  plan.gpus = {"8x NVIDIA L4"};
  plan.metadata_digest.clear();
  plan.metadata_fetched_at.reset();
  plan.resolution.kernels.clear();
  plan.resolution.left_out[0].download_bytes.reset();
  InstallPackages step = driver_transaction();
  for (PackageRequest& package : step.packages) package.version.reset();
  plan.steps = {component_file(), RefreshMetadata{}, step};
  for (const PackageRequest& package : driver_transaction().packages) {
    PackageChange asked = change(PackageAction::install, package.name, std::nullopt, std::nullopt);
    asked.requested = true;
    asked.driver_versioned = package.version.has_value();
    plan.closure.packages.push_back(asked);
  }
  plan.usable = Usable::after_kernel;
  plan.request.hold = Hold::none;
  plan.notices = {notice(NoticeKind::module_unknown_kernel), notice(NoticeKind::metadata_offline)};
  plan.unknowns = {"kernel.running", "secure_boot", "package_facts.packages"};
  plan.inputs = {"GPUs named by --gpu", "data overlay /etc/nvprov"};
  return plan;
}

Plan blocked_plan() {
  Plan plan = bare_plan();
  plan.blockers = {conflict(ConflictReason::held_package, "nvidia-smi", "99.9.0-1", package_version),
                   conflict(ConflictReason::driver_in_use, "99.9.0", "535.309.01"),
                   conflict(ConflictReason::removal_needed, "nvidia-cuda-mps"),
                   conflict(ConflictReason::package_manager_interrupted, "dkms")};
  plan.steps = {RefreshMetadata{}, driver_transaction()};
  plan.closure.known = true;
  plan.closure.packages = {change(PackageAction::upgrade, "libcuda1", "99.9.0-1", package_version),
                           change(PackageAction::remove, "nvidia-cuda-mps", "99.9.0-1", std::nullopt),
                           change(PackageAction::downgrade, "nvidia-persistenced", "999.9.0-1", "535.171.04-1~deb12u1"),
                           change(PackageAction::upgrade, "nvidia-smi", "99.9.0-1", package_version),
                           change(PackageAction::keep, "pciutils", std::nullopt, "1:3.9.0-4")};
  plan.closure.packages[0].driver_versioned = true;
  plan.closure.packages[3].driver_versioned = true;
  plan.closure.packages[3].held = true;
  plan.closure.download_bytes = 1171800;
  plan.closure.disk_bytes = -3000000;
  plan.restarts = {"nvidia-persistenced.service: no GPU keeps its state for a moment",
                   "the kernel module at the next boot: until then programs on the GPUs fail"};
  plan.usable = Usable::after_reboot;
  return plan;
}

Plan image_plan() {
  Plan plan = bare_plan();
  plan.gpus.clear();
  plan.resolution.target = Target::image;
  plan.resolution.driver.reset();
  plan.resolution.headers.clear();
  plan.resolution.kernels.clear();
  plan.resolution.reasons = {reason("cuda", "asked-for", "11.8", "", cuda_source)};
  plan.resolution.rejected.clear();
  InstallPackages step;
  step.purpose = "libraries";
  step.packages = {request_of("libcudart11.0")};
  plan.steps = {RefreshMetadata{}, step};
  PackageChange library = change(PackageAction::install, "libcudart11.0", std::nullopt, "11.8.89~11.8.0-5~deb12u1");
  library.requested = true;
  library.download_bytes = 167360;
  library.origin = "Debian bookworm";
  library.license = "proprietary";
  plan.closure.known = true;
  plan.closure.packages = {library};
  plan.closure.download_bytes = 167360;
  plan.closure.disk_bytes = 788480;
  plan.usable = Usable::nothing_to_use;
  plan.environment = {{.name = "NVIDIA_VISIBLE_DEVICES", .value = "all"},
                      {.name = "NVIDIA_REQUIRE_CUDA", .value = "cuda>=11.8"}};
  return plan;
}

Unsatisfiable v100_and_b200() {
  Unsatisfiable refusal;
  Conflict both =
      conflict(ConflictReason::gpus_exclude_each_other, "Tesla V100-SXM2-16GB", "NVIDIA B200", "proprietary / open");
  both.sources = {{.title = "Open GPU kernel modules, supported GPUs", .url = "https://docs.example.org/open"}};
  Conflict newer = conflict(ConflictReason::gpu_newer_than_branch, "NVIDIA B200", "535", "570");
  newer.sources = debian_source;
  refusal.conflicts = {both, newer};
  refusal.requirements = {{RequirementKind::gpu, "Tesla V100-SXM2-16GB"}, {RequirementKind::gpu, "NVIDIA B200"}};
  refusal.remedies = {{.changes = {{"drop-gpu", "NVIDIA B200"}}, .effect = "driver 535.309.01 serves the others"},
                      {.changes = {{"choose-driver", "auto"}, {"use-source", "nvidia"}}, .effect = "driver 580.178.04"},
                      {.changes = {{"run", "nvprov plan --profile runtime-only --gpu V100"}}, .effect = ""}};
  return refusal;
}

ApplyReport t4_report() {
  ApplyReport report;
  report.changed = true;
  report.reboot_needed = true;
  report.journal_path = "/var/lib/nvprov/journal/20261122T110442Z-1.json";
  report.log_path = "/var/lib/nvprov/log/20261122T110442Z-1.log";
  report.proven = {"6.1.0-56-amd64: nvidia-current 535.309.01 (proprietary)"};
  return report;
}

}  // namespace nvprov::report_samples
