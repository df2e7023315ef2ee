#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/data_file.hpp"

namespace nvprov {

// A text in a compressed piece, and back; unpack_text trusts its input (it is our own).
std::string pack_text(std::string_view text);
std::string unpack_text(std::string_view packed);

// Data files in one compressed piece, and back. unpack(pack(f)) == f; unpack trusts its input (it is our own).
std::string pack_files(std::span<const DataFile> files);
std::vector<DataFile> unpack_files(std::string_view packed);

// The data files this program was built from, each as it was written, sorted by path: what no plan needs is read from
// them when it is asked for, so that it costs no start anything.
std::vector<DataFile> embedded_files();

}  // namespace nvprov
