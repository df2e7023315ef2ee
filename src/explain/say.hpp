#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/concept.hpp"
#include "report/fill.hpp"

namespace nvprov {

// A sentence in the language of the reader, with its values put in as report/fill.hpp says. Both stand side by side
// where they are used, so that neither is forgotten.
std::string say(Language language, std::string_view en, std::string_view zh, const SentenceValues& values = {});

// "a, b" or "a、b".
std::string listed(Language language, const std::vector<std::string>& items);

// The first items of a long list, and how many more there are.
std::string listed_briefly(Language language, const std::vector<std::string>& items, std::size_t most);

// The flavour of a kernel module in words: "open", "proprietary".
std::string flavour_name(Language language, std::string_view flavour);

// The type of a driver branch in words: "long-term".
std::string branch_type_name(Language language, std::string_view type);

}  // namespace nvprov
