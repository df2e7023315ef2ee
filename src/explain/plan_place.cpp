#include "explain/plan_place.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool holds_name(const std::vector<std::string>& templates, const std::string& name) {
  return std::ranges::any_of(templates, [&](const std::string& each) { return fits_template(name, each); });
}

const PackageChange* change_of(const Plan& plan, const std::string& name) {
  const auto& packages = plan.closure.packages;
  const auto found = std::ranges::find(packages, name, &PackageChange::name);
  return found != packages.end() ? &*found : nullptr;
}

// Whether a transaction asks for it by name, for this purpose or ("") any.
bool asks_for(const Plan& plan, const std::string& name, std::string_view purpose) {
  return std::ranges::any_of(plan.steps, [&](const Step& step) {
    const auto* install = std::get_if<InstallPackages>(&step);
    return install != nullptr && (purpose.empty() || install->purpose == purpose) &&
           std::ranges::find(install->packages, name, &PackageRequest::name) != install->packages.end();
  });
}

std::string component_in(const std::vector<ComponentPackages>& components, const std::string& name) {
  for (const ComponentPackages& each : components)
    if (holds_name(each.packages, name)) return each.component;
  return "";
}

bool is_of_choice(const std::vector<std::string>& packages, const std::string& name) {
  return std::ranges::find(packages, name) != packages.end();
}

// The parts of the driver, the module among them.
bool place_driver(PlacedPackage& placed, const Plan& plan, const std::string& name) {
  const auto& driver = plan.resolution.driver;
  if (!driver) return false;
  const PackageSource* source = placed.distro != nullptr ? find_source(*placed.distro, driver->source) : nullptr;
  const DriverPackageSet* set = source != nullptr ? find_package_set(*source, driver->package_set) : nullptr;
  if (is_of_choice(driver->packages, name)) {
    placed.component = set != nullptr ? component_in(set->components, name) : "";
    placed.place = placed.component.empty() ? PlanPlace::module : PlanPlace::component;
    if (placed.place == PlanPlace::module) placed.component = driver->flavour;
  } else if (asks_for(plan, name, "") && is_of_choice(driver->driver_versioned, name)) {
    placed.place = PlanPlace::one_version;
  } else {
    return false;
  }
  placed.source = source;
  placed.set = set;
  return true;
}

const CudaOffer* cuda_offer(const PackageSource* source, const CudaChoice& choice) {
  if (source == nullptr) return nullptr;
  const auto offer = std::ranges::find(source->cuda, choice.release, &CudaOffer::release);
  return offer != source->cuda.end() ? &*offer : nullptr;
}

bool is_tool(const CudaOffer& offer, const std::string& component) {
  const auto found = std::ranges::find(offer.components, component, &ComponentPackages::component);
  return found != offer.components.end() && found->part == "tools";
}

bool place_cuda(PlacedPackage& placed, const Plan& plan, const Catalog& catalog, const std::string& name) {
  const auto cuda = std::ranges::find_if(plan.resolution.cuda,
                                         [&](const CudaChoice& choice) { return is_of_choice(choice.packages, name); });
  if (cuda == plan.resolution.cuda.end()) return false;
  placed.place = PlanPlace::cuda;
  placed.cuda = &*cuda;
  placed.source = placed.distro != nullptr ? find_source(*placed.distro, cuda->source) : nullptr;
  const CudaOffer* offer = cuda_offer(placed.source, *cuda);
  placed.component = offer != nullptr ? component_in(offer->components, name) : "";
  const bool is_of_profile = std::ranges::any_of(plan.resolution.profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && (is_of_choice(profile->host.cuda_components, placed.component) ||
                                  is_of_choice(profile->image.cuda_components, placed.component));
  });
  if (is_of_profile) return true;
  placed.asked_by = offer != nullptr && is_tool(*offer, placed.component)
                        ? "--tools " + join(plan.request.tools, ",")
                        : "--libraries " + join(plan.request.libraries, ",");
  return true;
}

bool place_others(PlacedPackage& placed, const Plan& plan, const std::string& name) {
  const auto& headers = plan.resolution.headers;
  if (std::ranges::find(headers, name, &PackageRequest::name) != headers.end())
    placed.place = PlanPlace::headers;
  else if (asks_for(plan, name, ""))
    placed.place = PlanPlace::helper;
  else if (placed.change != nullptr)
    placed.place = PlanPlace::dependency;
  return placed.place != PlanPlace::absent;
}

// --- why it is not there ---

std::optional<AbsentPackage> left_out_of(const Plan& plan, const std::string& name) {
  for (const LeftOut& each : plan.resolution.left_out)
    if (is_of_choice(each.packages, name)) return AbsentPackage{Absence::left_out, each.ask};
  return std::nullopt;
}

std::string joined_releases(const Resolution& resolution) {
  std::vector<std::string> releases;
  for (const CudaChoice& cuda : resolution.cuda) releases.push_back(cuda.release);
  return join(releases, ", ");
}

AbsentPackage by_record(const PackageRecord& record, const Resolution& resolution) {
  const bool is_of_driver = record.role == PackageRole::component || record.role == PackageRole::module ||
                            record.role == PackageRole::driver_part;
  if (is_of_driver && resolution.target == Target::image) return {Absence::image, ""};
  if (record.role == PackageRole::cuda) return {Absence::other_cuda, joined_releases(resolution)};
  if (!is_of_driver || !resolution.driver) return {Absence::nothing_needs, ""};
  if (record.release != resolution.driver->branch || record.set != resolution.driver->package_set)
    return {Absence::other_branch, resolution.driver->version};
  if (record.role == PackageRole::module) return {Absence::other_flavour, resolution.driver->flavour};
  return {Absence::nothing_needs, ""};
}

// The record nearest to the choice says most: of the same set, else of the same source.
const PackageRecord* nearest(const std::vector<PackageRecord>& records, const Resolution& resolution) {
  const PackageRecord* best = nullptr;
  for (const PackageRecord& record : records) {
    if (record.distro != resolution.distro) continue;
    const bool same_source = record.source == resolution.source || record.source.empty();
    const bool same_set = resolution.driver && record.set == resolution.driver->package_set &&
                          record.release == resolution.driver->branch;
    if (same_source && same_set) return &record;
    if (same_source || best == nullptr) best = &record;
  }
  return best;
}

}  // namespace

PlacedPackage place_on_plan(const Plan& plan, const Catalog& catalog, const std::string& name) {
  PlacedPackage placed;
  placed.change = change_of(plan, name);
  placed.distro = find_distro(catalog, plan.resolution.distro);
  if (!place_driver(placed, plan, name) && !place_cuda(placed, plan, catalog, name)) place_others(placed, plan, name);
  return placed;
}

AbsentPackage absence_from_plan(const Plan& plan, const Catalog& catalog, const std::string& name) {
  if (auto left_out = left_out_of(plan, name)) return *left_out;
  const std::vector<PackageRecord> records = package_records(catalog, name);
  const PackageRecord* record = nearest(records, plan.resolution);
  if (records.empty()) return {Absence::never_asked, ""};
  if (record == nullptr) return {Absence::other_source, plan.resolution.distro};
  if (!record->source.empty() && record->source != plan.resolution.source)
    return {Absence::other_source, plan.resolution.source};
  return by_record(*record, plan.resolution);
}

}  // namespace nvprov
