#pragma once

#include <string>

#include "base/json.hpp"
#include "model/facts.hpp"

namespace nvprov {

// What tells one machine from another of its kind: the day it was looked at and by whom, the addresses of its devices,
// the words of what could not be looked at. A plan made from counted facts cannot depend on any of it.

// The facts without that.
HostFacts counted_facts(HostFacts facts);

// A digest of a facts document: the same for two that differ in nothing else, and only for two that are both no facts
// or read to the same counted facts.
std::string counted_digest(const Json& document);

}  // namespace nvprov
