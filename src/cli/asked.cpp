#include "cli/asked.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/config.hpp"
#include "cli/load_data.hpp"
#include "cli/target_facts.hpp"
#include "packages/dnf.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

std::string asked_words(const HostFacts& facts, const Request& request) {
  std::string words = "profile " + join(request.profiles, ", ");
  if (request.cuda != std::vector<std::string>{"auto"}) words += ", CUDA " + join(request.cuda, ", ");
  if (request.driver != "auto") words += ", driver " + request.driver;
  if (request.module != "auto") words += ", " + request.module + " module";
  if (!request.additions.empty()) words += ", with " + join(request.additions, ", ");
  return words + " on " + (facts.os ? facts.os->name : std::string("this system"));
}

std::vector<std::string> non_default_inputs(const LoadedCatalog& data, const PlanCommand& options,
                                            const NetworkSettings& network) {
  std::vector<std::string> inputs;
  for (const std::string& folder : data.overlays) inputs.push_back("data overlay " + folder);
  const TargetOptions& target = options.target;
  if (target.root) inputs.push_back("--root " + *target.root);
  if (target.facts) inputs.push_back("--facts " + *target.facts);
  if (target.distro) inputs.push_back("--distro " + *target.distro);
  if (target.facts_dir) inputs.push_back("--facts-dir " + *target.facts_dir);
  for (const std::string& gpu : options.request.gpus) inputs.push_back("--gpu " + gpu);
  if (options.request.kernel) inputs.push_back("--kernel " + *options.request.kernel);
  for (std::string& input : network_inputs(network)) inputs.push_back(std::move(input));
  if (options.offline) inputs.emplace_back("--offline");
  return inputs;
}

// Who does not know what is installed would plan it anew. A user may lack the right to look; root does not.
Status check_packages_are_known(const HostView& machine, const HostFacts& facts) {
  const bool is_here = facts.origin == "live" || facts.origin == "root";
  const auto user = machine.effective_user();
  if (!is_here || !dnf_generation(facts.package_facts.manager.value_or("")) || !user || *user != 0) return {};
  const auto unknown = std::ranges::find(facts.diagnostics, "package_facts.packages", &Diagnostic::place);
  if (unknown == facts.diagnostics.end() || !facts.package_facts.packages.empty()) return {};
  return fail(ErrorKind::failed, "what is installed cannot be read", {unknown->message},
              {"see whether `rpm -qa` lists the packages; `rpm --rebuilddb` mends a database that is damaged"});
}

// As the host would be planned if it had no driver yet: what is there does not decide what is chosen.
void forget_driver(HostFacts& facts, const Catalog& catalog) {
  facts.driver.loaded.reset();
  facts.driver.library_version.reset();
  const Distro* distro = distro_of(facts, catalog);
  if (distro == nullptr) return;
  for (const PackageSource& source : distro->package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      std::erase_if(facts.package_facts.packages, [&](const InstalledPackage& package) {
        return std::ranges::find(set.driver_versioned, package.name) != set.driver_versioned.end();
      });
}

}  // namespace

Outcome<Inquiry> inquire(const HostView& machine, const GlobalOptions& global, const PlanCommand& options) {
  auto data = load_data(machine, global);
  if (!data) return tl::unexpected(data.error());
  auto network = network_settings(machine, options.network);
  if (!network) return tl::unexpected(network.error());
  auto request = check_request(options.request, data->catalog);
  if (!request) return give_up(request.error());
  std::vector<std::string> inputs = non_default_inputs(*data, options, *network);
  return Inquiry{std::move(*data), std::move(*network), std::move(*request), std::move(inputs)};
}

Outcome<Asked> ask_about(const Inquiry& inquiry, std::shared_ptr<const Catalog> catalog, HostFacts facts) {
  Request request = inquiry.request;
  const auto target = decide_target(facts, request);
  if (!target) return give_up(target.error());
  if (const Status image = check_image_request(request, *catalog, *target); !image) return give_up(image.error());
  request.target = *target;
  std::string words = asked_words(facts, request);
  PlanInputs inputs{.tool_version = NVPROV_VERSION, .request = request, .metadata = {}, .inputs = inquiry.inputs};
  return Asked{std::move(catalog), std::move(facts), std::move(request),   std::move(inputs),
               inquiry.network,    std::move(words), inquiry.data.overlaid};
}

Outcome<Asked> gather(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                      const std::string& today) {
  auto inquiry = inquire(machine, global, options);
  if (!inquiry) return tl::unexpected(inquiry.error());
  auto catalog = std::make_shared<Catalog>(std::move(inquiry->data.catalog));
  auto facts = target_facts(machine, *catalog, options.target, inquiry->request, today);
  if (!facts) return tl::unexpected(facts.error());
  if (const Status known = check_packages_are_known(machine, *facts); !known) return give_up(known.error());
  if (options.anew) forget_driver(*facts, *catalog);
  std::erase_if(facts->package_facts.packages, [&](const InstalledPackage& package) {
    return std::ranges::find(options.forgotten, package.name) != options.forgotten.end();
  });
  return ask_about(*inquiry, std::move(catalog), std::move(*facts));
}

Outcome<Resolution> resolve_asked(const Asked& asked) {
  auto resolution = resolve(asked.facts, *asked.catalog, asked.request, asked.inputs.metadata);
  if (!resolution) return give_up(Refusal{resolution.error(), asked.words});
  return *resolution;
}

const PackageSource* source_of(const Asked& asked, const std::string& id) {
  const Distro* distro = distro_of(asked.facts, *asked.catalog);
  return distro != nullptr ? find_source(*distro, id) : nullptr;
}

}  // namespace nvprov
