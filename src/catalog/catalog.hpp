#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "catalog/data_file.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// No catalog of these functions says yet what sources of package families offer: expand_families() does.

// Reads and cross-checks whole data (every file of manifests/ and distros/): all problems at once, each with file and
// JSON path. The catalog's lists come out sorted, whatever the order of the files.
tl::expected<Catalog, Diagnostics> load_catalog(std::span<const DataFile> files);

// The same, on top of a catalog: a record of the same identity (branch, CUDA release, profile id, distro id, device
// id) takes the other's place, a new one is added; then everything is cross-checked again.
tl::expected<Catalog, Diagnostics> overlay_catalog(const Catalog& base, std::span<const DataFile> files);

// The compact form the program carries, and back. decode(encode(c)) == c; decode trusts its input (it is our own).
std::string encode_catalog(const Catalog& catalog);
Catalog decode_catalog(std::string_view bytes);

// The catalog built into this program.
Catalog embedded_catalog();

}  // namespace nvprov
