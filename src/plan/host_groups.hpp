#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/fleet.hpp"

namespace nvprov {

// A host whose answer is known.
struct AnsweredHost {
  std::size_t number = 0;  // of its document in the input
  std::string name;
  std::string file;       // its document, as messages name it
  std::size_t group = 0;  // of HostGroups

  bool operator==(const AnsweredHost&) const = default;
};

struct DocumentProblems {
  std::size_t number = 0;  // of the document
  Diagnostics problems;

  bool operator==(const DocumentProblems&) const = default;
};

// Hosts with equal answers in one group: of each answer there is one, however many hosts get it.
class HostGroups {
 public:
  // The group of this answer, begun where there is none. A plan's facts_fingerprint, which only tells hosts apart, does
  // not count.
  std::size_t group_of(HostAnswer answer);

  // The groups with their hosts; the same whatever order answers and hosts came in. A host of a name that an earlier
  // document has is a problem of its document.
  FleetPlans finish(std::vector<AnsweredHost> hosts, std::vector<DocumentProblems> problems) &&;

 private:
  std::vector<HostAnswer> answers_;
  std::unordered_multimap<std::string, std::size_t> by_summary_;
};

}  // namespace nvprov
