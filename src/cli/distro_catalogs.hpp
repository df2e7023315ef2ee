#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// One catalog for hosts of several distributions. Each gets it with the offers of its own alone, as where it is the
// only host: a plan must not depend on which others are planned beside it.
class DistroCatalogs {
 public:
  explicit DistroCatalogs(Catalog catalog);

  // With the offers of these facts' distribution, filled in the first time it occurs. Several threads may ask at once.
  std::shared_ptr<const Catalog> catalog_for(const HostFacts& facts);

 private:
  std::shared_ptr<const Catalog> loaded_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Catalog>> expanded_;  // by distribution
};

}  // namespace nvprov
