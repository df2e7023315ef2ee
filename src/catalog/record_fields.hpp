#pragma once

#include <concepts>
#include <type_traits>

#include "model/catalog.hpp"

// The members of records, for the binary form in encode.cpp: those that stand in headers of their own.

namespace nvprov {

template <class T, class Record>
concept same_record = std::same_as<std::remove_const_t<T>, Record>;

}  // namespace nvprov
