#include "cli/distro_catalogs.hpp"

#include <utility>

#include "catalog/expand_families.hpp"

namespace nvprov {

DistroCatalogs::DistroCatalogs(Catalog catalog) : loaded_(std::make_shared<const Catalog>(std::move(catalog))) {}

std::shared_ptr<const Catalog> DistroCatalogs::catalog_for(const HostFacts& facts) {
  const Distro* distro = facts.os ? find_distro_of(*loaded_, facts.os->id, facts.os->version_id) : nullptr;
  if (distro == nullptr) return loaded_;
  const std::lock_guard<std::mutex> once(mutex_);
  auto& expanded = expanded_[distro->id];
  if (!expanded) {
    Catalog catalog = *loaded_;
    expand_families(catalog, distro->id);
    expanded = std::make_shared<const Catalog>(std::move(catalog));
  }
  return expanded;
}

}  // namespace nvprov
