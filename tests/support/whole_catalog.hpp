#pragma once

#include "catalog/catalog.hpp"
#include "catalog/expand_families.hpp"

namespace nvprov {

// The catalog the program carries, with what every source offers.
inline const Catalog& whole_catalog() {
  static const Catalog catalog = [] {
    Catalog carried = embedded_catalog();
    expand_families(carried);
    return carried;
  }();
  return catalog;
}

}  // namespace nvprov
