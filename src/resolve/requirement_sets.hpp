#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace nvprov {

// Sets of requirements, by their place in a list of at most `max_requirements`: bit 0 is the first.
using RequirementSet = std::uint64_t;
constexpr std::size_t max_requirements = 64;

// What follows from the requirements each of all possible answers violates. Requirements that no answer holds to
// together are exactly those of which every answer violates one.

// Of these sets those that contain no other of them, each once: fewest members first, then those with earlier members.
std::vector<RequirementSet> minimal_sets(std::vector<RequirementSet> sets);

// A smallest set that shares a member with each of `violated`: requirements that cannot hold together. Of several
// equally small ones that with the earliest members. None where an answer violates nothing; empty for no answers at
// all.
std::optional<RequirementSet> smallest_core(const std::vector<RequirementSet>& violated);

}  // namespace nvprov
