#include "support/sample_plan.hpp"

namespace nvprov {
namespace {

const std::vector<Source> sources = {{"A page", "https://docs.example.org/page"}};

Conflict sample_conflict() {
  return {.reason = ConflictReason::held_package,
          .subject = "libgpu1",
          .other = "1",
          .limit = "99.9.0-1",
          .sources = sources};
}

Notice sample_notice() {
  return {.kind = NoticeKind::catalog_old, .subject = "2026-01-01", .other = "o", .limit = "l"};
}

DriverChoice sample_driver() {
  return {.branch = "99",
          .version = "99.9.0",
          .flavour = "open",
          .source = "distro",
          .package_version = "99.9.0-1",
          .package_set = "current",
          .module_name = "gpu-current",
          .packages = {"gpu-driver", "libgpu1"},
          .add_ons = {"video"},
          .driver_versioned = {"libgpu1"},
          .versions = {{.name = "libgpu1", .version = "99.9.0-1"}},
          .module = "gpu-driver",
          .stream = "99-open",
          .prerequisites = {"extras"},
          .end_of_support = "2030-01-31",
          .cuda_ceiling = "99.1",
          .kept = true};
}

Resolution sample_resolution() {
  return {
      .distro = "debian-12",
      .profiles = {"deploy"},
      .target = Target::image,
      .source = "distro",
      .driver = sample_driver(),
      .cuda = {{.requested = "auto",
                .release = "99.1",
                .update = "99.1.0",
                .source = "distro",
                .support = CudaSupport::minor_version,
                .driver_floor = "98.1",
                .packages = {"libcudart99", "compat-99"},
                .compat_package = "compat-99"}},
      .default_cuda =
          DefaultCudaChoice{
              .release = "12.4", .alternative = "cuda", .link = "/usr/local/cuda", .target = "/usr/local/cuda-12.4"},
      .additions = {{.requested = "library=9",
                     .library = "library",
                     .version = "9.1",
                     .cuda = "99.1",
                     .packages = {{.name = "liblibrary9", .version = "9.1-1"}}}},
      .container_toolkit =
          ContainerToolkitChoice{
              .version = "1.2.0", .packages = {{.name = "toolkit", .version = "1.2.0-1"}}, .kept = false},
      .engines = {{.id = "docker",
                   .title = "Docker",
                   .version = "26.1.5",
                   .package = "docker.io",
                   .cdi = CdiSupport::switched_on}},
      .headers = {{.name = "linux-headers-amd64", .version = "6.1"}},
      .kernels = {"6.1.0-41-amd64"},
      .left_out =
          {{.component = "cublas", .packages = {"libcublas99"}, .ask = "--libraries cublas", .download_bytes = 7}},
      .reasons =
          {{.subject = "driver", .rule = "longest-support", .chosen = "99", .because = "2030", .sources = sources}},
      .rejected = {{.subject = "driver 98", .conflict = sample_conflict()}},
      .alternatives = {{.subject = "driver 97", .rule = "older", .because = "97", .ask = "--driver 97"}},
      .notices = {sample_notice()},
      .losses = {{.kind = LossKind::compat_harmful, .subject = "compat-98", .other = "99", .limit = "l"}},
      .blockers = {sample_conflict()}};
}

Closure sample_closure() {
  const PackageChange change = {.action = PackageAction::upgrade,
                                .name = "libgpu1",
                                .architecture = "amd64",
                                .version = "99.9.0-1",
                                .old_version = "98.0-1",
                                .origin = "Example stable",
                                .repository = "https://mirror.example.org/debian",
                                .path = "pool/libgpu1_99.9.0-1_amd64.deb",
                                .digest = "sha256:00ff",
                                .download_bytes = 1000,
                                .installed_bytes = 2000,
                                .license = "proprietary",
                                .requested = true,
                                .driver_versioned = true,
                                .held = true};
  return {.known = true, .packages = {change}, .download_bytes = 1000, .disk_bytes = -3};
}

std::vector<Step> sample_steps() {
  return {
      AddRepository{.path = "/etc/apt/sources.list.d/nvprov.list",
                    .content = "deb http://mirror.example.org/debian stable non-free\n",
                    .purpose = "non-free",
                    .third_party = true},
      RefreshMetadata{},
      WriteFile{.path = "/etc/apt/preferences.d/nvprov", .content = "Package: x\n", .mode = 0600, .purpose = "hold"},
      InstallPackages{
          .purpose = "driver",
          .packages = {{.name = "libgpu1", .version = "99.9.0-1"}, {.name = "tool", .version = std::nullopt}},
          .leaving = {"libgpu0"},
          .allow_downgrades = true,
          .allow_removals = true,
          .allow_held = true},
      ConfigureContainerEngine{
          .engine = "Docker",
          .path = "/etc/docker/daemon.json",
          .former = "{}\n",
          .content = "{\"runtimes\": {}}\n",
          .mode = 0640,
          .backup = "/etc/docker/daemon.json.nvprov-saved",
          .record =
              {.made_document = true,
               .blank = "\n",
               .changes = {{.key = {"runtimes"}, .value = JsonObject{}, .former = "[]", .inserted = "x", .made = 0}}},
          .purpose = "NVIDIA's runtime"},
      SetPackageMark{.packages = {"cuda-drivers"}, .purpose = "the driver stays"},
      SetAlternative{
          .name = "cuda", .link = "/usr/local/cuda", .target = "/usr/local/cuda-12.4", .former = "/opt/cuda"},
      ManageService{.unit = "docker.service",
                    .action = ServiceAction::restart,
                    .engine = "Docker",
                    .purpose = "Docker reads its settings"}};
}

Request sample_request() {
  return {.profiles = {"deploy", "container"},
          .cuda = {">=12.4 <13", "11.8"},
          .driver = "lts",
          .module = "open",
          .source = "distro",
          .libraries = {"cublas"},
          .tools = {"nsight-compute"},
          .default_cuda = "12.4",
          .profile_d = true,
          .additions = {"library=9"},
          .engines = {"docker"},
          .default_runtime = true,
          .restart_engines = false,
          .strict = true,
          .target = Target::host,
          .gpus = {"8xH100"},
          .kernel = "6.1.0-41-amd64",
          .hold = Hold::branch};
}

}  // namespace

Plan sample_plan() {
  return {.tool_version = "0.1.0",
          .catalog_date = "2026-11-22",
          .catalog_digest = "c0",
          .facts_fingerprint = "f0",
          .metadata_digest = "m0",
          .metadata_fetched_at = "2026-11-22T11:04:42Z",
          .architecture = "x86_64",
          .host = "Debian GNU/Linux 12 (bookworm), x86_64",
          .gpus = {"2x Tesla T4"},
          .request = sample_request(),
          .resolution = sample_resolution(),
          .blockers = {sample_conflict()},
          .steps = sample_steps(),
          .closure = sample_closure(),
          .usable = Usable::after_reboot,
          .environment = {{.name = "NVIDIA_REQUIRE_CUDA", .value = "cuda>=99.1"}},
          .restarts = {"gpu-persistenced.service"},
          .notices = {sample_notice()},
          .unknowns = {"secure_boot"},
          .inputs = {"data overlay /etc/nvprov"},
          .equivalent = {{"apt-get", "install", "libgpu1=99.9.0-1"}},
          .undo = {{"apt-get", "remove", "libgpu1"}, {"apt-get", "autoremove"}}};
}

Journal sample_journal() {
  Journal journal = {.id = "20261122T110442Z-1",
                     .started_at = "2026-11-22T11:04:42Z",
                     .tool_version = "0.1.0",
                     .state = JournalState::failed,
                     .request = sample_request(),
                     .facts_fingerprint = "f0",
                     .catalog_digest = "c0",
                     .resolution = sample_resolution(),
                     .closure = sample_closure(),
                     .steps = {},
                     .log = "/var/log/nvprov/20261122T110442Z-1.log"};
  for (const Step& step : sample_steps())
    journal.steps.push_back({.step = step,
                             .state = StepState::started,
                             .pre_images = {{.path = "/etc/apt/preferences.d/nvprov",
                                             .existed = true,
                                             .content = std::string("bytes \0\xff\n", 9),
                                             .mode = 0640,
                                             .owner = 4,
                                             .group = 5}},
                             .pre_packages = {{.name = "libgpu1", .version = "98.0-1", .automatic = true},
                                              {.name = "tool", .version = std::nullopt, .automatic = false}},
                             .error = "it broke"});
  return journal;
}

}  // namespace nvprov
