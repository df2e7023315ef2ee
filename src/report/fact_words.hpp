#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/facts.hpp"

namespace nvprov {

// The value; else "could not look" or, where it was looked for in vain, the word for that.
std::string fact_or(const HostFacts& facts, std::string_view fact, const std::optional<std::string>& value,
                    std::string_view absent);

// True for a package whose installation or removal was begun and not finished.
bool is_half_installed(const InstalledPackage& package);

}  // namespace nvprov
