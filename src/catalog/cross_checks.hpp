#pragma once

#include <algorithm>

#include "base/diagnostic.hpp"
#include "base/version.hpp"
#include "catalog/records.hpp"

namespace nvprov {

// Notes records of the same identity (two branches 580, two GPUs of one device id).
void check_duplicates(const Records& records, Diagnostics& problems);
// Notes whatever one record says that another contradicts or does not know.
void check_references(const Records& records, Diagnostics& problems);
// The part of check_references that is about distributions.
void check_distros(const Records& records, Diagnostics& problems);
// The part that is about kernels of a driver branch and about forward compatibility.
void check_driver_support(const Records& records, Diagnostics& problems);
void check_forward_compatibility(const Records& records, Diagnostics& problems);
// A distribution that could not be read may be the one that is referred to.
bool are_all_distros_read(const Records& records);
// The part that is about keys, and about repositories with keys of their own.
void check_keys(const Records& records, Diagnostics& problems);
void check_vendor_sources(const Records& records, Diagnostics& problems);
// The parts that are about what stands beside driver and CUDA.
void check_libraries(const Records& records, Diagnostics& problems);
void check_container_toolkit(const Records& records, Diagnostics& problems);
void check_fabric(const Records& records, Diagnostics& problems);
void check_vgpus(const Records& records, Diagnostics& problems);

// Notes a problem of a record; `key` is the path below the record, "/branch".
template <class T>
void note(Diagnostics& problems, const Placed<T>& where, std::string_view key, std::string message,
          std::string hint = {}) {
  problems.push_back(
      {where.file, where.place + std::string(key), std::move(message), hint.empty() ? where.note : hint});
}

// The record with this id, or nullptr.
template <class T>
const T* find_record(const std::vector<Placed<T>>& records, std::string T::*id, std::string_view wanted) {
  for (const Placed<T>& placed : records)
    if (placed.record.*id == wanted) return &placed.record;
  return nullptr;
}

// A branch or release may be older than all the catalog holds, but not missing among them.
template <class T>
bool is_known_or_older(const std::vector<Placed<T>>& records, std::string T::*id, std::string_view wanted) {
  const auto is_older = [&](const Placed<T>& placed) {
    return !Version::parse(placed.record.*id) || compare_versions(wanted, placed.record.*id) < 0;
  };
  return std::ranges::all_of(records, is_older) || find_record(records, id, wanted) != nullptr;
}

// "did you mean `...`?", or nothing where no known word is near.
std::string suggestion_for(std::string_view typed, const std::vector<std::string>& known);
template <class T>
std::string suggest(const std::vector<Placed<T>>& records, std::string T::*id, std::string_view typed) {
  std::vector<std::string> known;
  for (const Placed<T>& placed : records) known.push_back(placed.record.*id);
  return suggestion_for(typed, known);
}

}  // namespace nvprov
