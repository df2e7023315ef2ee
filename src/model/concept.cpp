#include "model/concept.hpp"

#include <algorithm>

namespace nvprov {
namespace {

template <class Fits>
const Concept* first_concept(const std::vector<Concept>& concepts, Fits fits) {
  const auto found = std::ranges::find_if(concepts, fits);
  return found != concepts.end() ? &*found : nullptr;
}

}  // namespace

const std::string& text_in(const LocalText& text, Language language) {
  return language == Language::zh ? text.zh : text.en;
}

const Concept* find_concept(const std::vector<Concept>& concepts, std::string_view id) {
  return first_concept(concepts, [&](const Concept& each) { return each.id == id; });
}

const Concept* concept_of_component(const std::vector<Concept>& concepts, std::string_view component) {
  return first_concept(concepts, [&](const Concept& each) {
    return std::ranges::find(each.parts, component, &ConceptPart::component) != each.parts.end();
  });
}

const Concept* concept_for(const std::vector<Concept>& concepts, std::string_view kind_of_package) {
  return first_concept(concepts, [&](const Concept& each) {
    return std::ranges::find(each.stands_for, kind_of_package) != each.stands_for.end();
  });
}

}  // namespace nvprov
