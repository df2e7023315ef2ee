#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// The languages explanations are written in.
enum class Language { en, zh };

// One text in every language.
struct LocalText {
  std::string en;
  std::string zh;

  bool operator==(const LocalText&) const = default;
};
const std::string& text_in(const LocalText& text, Language language);

// A component that belongs to a concept, in one line.
struct ConceptPart {
  std::string component;  // as profiles and package families name it: "cublas"
  LocalText what;

  bool operator==(const ConceptPart&) const = default;
};

// A question people ask, and the words they ask it by.
struct ConceptQuestion {
  std::vector<std::string> key_words;
  LocalText question;
  LocalText answer;

  bool operator==(const ConceptQuestion&) const = default;
};

// manifests/concepts/<id>.json: what a word means that users mix up. No plan needs it, so it is not in the catalog.
struct Concept {
  std::string id;                       // "cuda-toolkit"
  std::int64_t order = 0;               // in the list of all, the first to know first
  std::vector<std::string> aliases;     // other names: "toolkit", "nvcc"
  std::vector<std::string> phrases;     // parts of messages people copy: "libcudart.so"
  std::vector<ConceptPart> parts;       // components it is made of
  std::vector<std::string> stands_for;  // kinds of packages no part names: "driver-package", "module-package", ...
  std::vector<std::string> packages;    // package names it is about that no source's record holds: "nvidia-docker2"
  std::vector<std::string> shows;       // what of a host is worth telling: "driver", "toolkits", "images", ...
  LocalText title;
  LocalText what;
  LocalText needed_by;
  LocalText not_needed_by;
  LocalText without_it;  // what goes wrong, and how it looks
  std::vector<std::string> related;
  std::vector<ConceptQuestion> questions;
  std::vector<Source> sources;

  bool operator==(const Concept&) const = default;
};

const Concept* find_concept(const std::vector<Concept>& concepts, std::string_view id);
// The concept a component is part of, or nullptr.
const Concept* concept_of_component(const std::vector<Concept>& concepts, std::string_view component);
// The concept that stands for packages of this kind, or nullptr.
const Concept* concept_for(const std::vector<Concept>& concepts, std::string_view kind_of_package);

}  // namespace nvprov
