#pragma once

#include <concepts>
#include <type_traits>

namespace nvprov {

// A record, constant or not: one list of its fields serves writing and reading.
template <class T, class Record>
concept same_record = std::same_as<std::remove_const_t<T>, Record>;

}  // namespace nvprov
