#include "random_machine.hpp"

#include <algorithm>
#include <random>

namespace nvprov::test {
namespace {

// std::uniform_int_distribution differs from library to library; this does not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& values) {
    return values[below(values.size())];
  }

 private:
  std::mt19937 engine_;
};

std::string number(std::size_t value) { return std::to_string(value); }

GpuArchitecture random_architecture(Dice& dice, std::size_t index) {
  GpuArchitecture architecture;
  architecture.name = "Arch" + number(index);
  architecture.compute_capabilities = {number(index + 1) + ".0"};
  architecture.modules =
      dice.pick(std::vector{ModuleSupport::proprietary_only, ModuleSupport::either, ModuleSupport::open_only});
  if (dice.one_in(3)) architecture.first_driver_branch = number(100 * (1 + dice.below(3)));
  if (dice.one_in(3)) architecture.last_driver_branch = number(100 * (2 + dice.below(3)));
  return architecture;
}

DriverBranch random_branch(Dice& dice, std::size_t index, const std::vector<GpuArchitecture>& architectures) {
  DriverBranch branch;
  branch.branch = number(100 * index);
  branch.type = dice.pick(std::vector<std::string>{"long-term", "production", "new-feature"});
  const std::size_t oldest = dice.below(architectures.size());
  branch.oldest_architecture = architectures[oldest].name;
  branch.newest_architecture = architectures[oldest + dice.below(architectures.size() - oldest)].name;
  branch.has_open_module = !dice.one_in(3);
  branch.has_proprietary_module = !branch.has_open_module || !dice.one_in(3);
  for (std::size_t i = 1; i <= 1 + dice.below(2); ++i)
    branch.releases.push_back({.version = branch.branch + "." + number(i), .date = {}});
  return branch;
}

CudaRelease random_cuda(Dice& dice, const std::string& release, const std::vector<GpuArchitecture>& architectures) {
  CudaRelease cuda;
  cuda.release = release;
  cuda.updates.push_back({.version = release + ".1",
                          .min_driver = number(100 * (1 + dice.below(4))) + "." + number(1 + dice.below(2)),
                          .date = {},
                          .bundled_driver = {},
                          .architectures = {},
                          .components = {}});
  if (dice.one_in(2)) cuda.minor_compat_min_driver = number(100 * (1 + dice.below(3))) + ".1";
  for (const GpuArchitecture& architecture : architectures)
    if (!dice.one_in(3)) cuda.compute_capabilities.push_back(architecture.compute_capabilities.front());
  return cuda;
}

std::optional<std::string> random_end(Dice& dice) {
  return dice.pick(std::vector<std::optional<std::string>>{std::nullopt, "2019-06-30", "2030-06-30", "2031-06-30"});
}

DriverPackageSet both_modules() {
  DriverPackageSet set;
  set.id = "set";
  set.components = {{.component = "compute", .packages = {"libcuda"}, .license = "proprietary"}};
  for (const char* flavour : {"open", "proprietary"})
    set.modules.push_back({.flavour = flavour,
                           .packages = {std::string("dkms-") + flavour},
                           .module_name = "nvidia",
                           .license = "proprietary",
                           .stream = {},
                           .prerequisites = {},
                           .signed_by = {}});
  return set;
}

void add_driver_offers(PackageSource& source, Dice& dice, const DriverBranch& branch) {
  for (const DriverRelease& release : branch.releases) {
    if (dice.one_in(3)) continue;
    DriverOffer offer;
    offer.branch = branch.branch;
    offer.version = release.version;
    offer.package_version = release.version + "-1";
    offer.package_set = "set";
    if (branch.has_open_module && !dice.one_in(4)) offer.modules.emplace_back("open");
    if (branch.has_proprietary_module) offer.modules.emplace_back("proprietary");
    if (offer.modules.empty()) continue;
    offer.architectures = {"x86_64"};
    offer.end_of_support = random_end(dice);
    source.drivers.push_back(std::move(offer));
  }
}

PackageSource random_source(Dice& dice, const std::string& id, const Catalog& catalog) {
  PackageSource source;
  source.id = id;
  source.title = "source " + id;
  source.package_sets = {both_modules()};
  for (const DriverBranch& branch : catalog.drivers) add_driver_offers(source, dice, branch);
  for (const CudaRelease& cuda : catalog.cuda)
    if (!dice.one_in(4))
      source.cuda.push_back(
          {.release = cuda.release,
           .update = cuda.updates.front().version,
           .suite = {},
           .architectures = {"x86_64"},
           .components = {{.component = "cudart", .packages = {"cudart-" + cuda.release}, .license = "free"}},
           .sources = {}});
  return source;
}

Catalog random_catalog(Dice& dice) {
  Catalog catalog;
  catalog.date = "2025-01-01";
  for (std::size_t i = 0; i < 2 + dice.below(2); ++i) catalog.architectures.push_back(random_architecture(dice, i));
  for (std::size_t i = 1; i <= 2 + dice.below(3); ++i)
    catalog.drivers.push_back(random_branch(dice, i, catalog.architectures));
  for (const char* release : {"1.0", "1.1", "2.0"})
    if (!dice.one_in(4)) catalog.cuda.push_back(random_cuda(dice, release, catalog.architectures));
  Profile deploy;
  deploy.id = "deploy";
  deploy.host = {.driver = true,
                 .driver_components = {"compute"},
                 .nvswitch_components = {},
                 .nvlink5_components = {},
                 .rack_components = {},
                 .cuda_components = {"cudart"},
                 .environment = {}};
  catalog.profiles = {deploy};
  Distro distro;
  distro.id = "distro-1";
  distro.name = "Distro 1";
  distro.os_id = "distro";
  distro.version_id = "1";
  distro.package_manager = "apt";
  distro.architectures = {{.arch = "x86_64", .package_arch = "amd64"}};
  distro.package_sources.push_back(random_source(dice, "nvidia", catalog));
  if (!dice.one_in(3)) distro.package_sources.push_back(random_source(dice, "distro", catalog));
  catalog.distros = {distro};
  return catalog;
}

Gpu gpu_of(const GpuArchitecture& architecture, std::size_t index) {
  Gpu gpu;
  gpu.device_id = "000" + number(index);
  gpu.name = "GPU " + number(index);
  gpu.architecture = architecture.name;
  gpu.compute_capability = architecture.compute_capabilities.front();
  return gpu;
}

HostFacts random_facts(Dice& dice, const Catalog& catalog) {
  HostFacts facts;
  facts.observed_on = "2025-01-01";
  facts.os = OsFacts{.id = "distro",
                     .like = {},
                     .version_id = "1",
                     .codename = {},
                     .name = "Distro 1",
                     .recognised_as = {},
                     .not_supported = {}};
  facts.architecture = "x86_64";
  for (std::size_t i = 0; i < 1 + dice.below(3); ++i) facts.gpus.push_back(gpu_of(dice.pick(catalog.architectures), i));
  if (!dice.one_in(4)) return facts;
  const DriverBranch& branch = dice.pick(catalog.drivers);
  facts.driver.loaded = LoadedDriver{.version = branch.releases.front().version,
                                     .flavour = branch.has_open_module ? "open" : "proprietary"};
  return facts;
}

Request random_request(Dice& dice) {
  using Texts = std::vector<std::string>;
  Request request;
  request.target = Target::host;
  request.driver = dice.pick(Texts{"auto", "auto", "auto", "100", "200", "300.1", "lts", "newest", "production"});
  request.module = dice.pick(Texts{"auto", "auto", "auto", "open", "proprietary"});
  request.source = dice.pick(Texts{"auto", "auto", "nvidia", "distro"});
  request.cuda = dice.pick(std::vector<Texts>{
      {"auto"}, {"none"}, {"1.0"}, {"=1.1"}, {"2.0"}, {">=1.0 <2"}, {"1.0", "2.0"}, {"=1.0", ">=1.1"}});
  request.strict = dice.one_in(4);
  return request;
}

}  // namespace

RandomMachine random_machine(std::uint32_t seed) {
  Dice dice(seed);
  RandomMachine machine;
  machine.catalog = random_catalog(dice);
  machine.facts = random_facts(dice, machine.catalog);
  machine.request = random_request(dice);
  return machine;
}

}  // namespace nvprov::test
