#include <array>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

struct DnfSign {
  DnfFailure failure;
  std::string_view words;  // part of a line of dnf that gives it away
};

// From the most serious down: a signature that does not hold outweighs whatever else went wrong. Recorded from dnf
// 4.14; the last two of not_trusted are dnf 5's.
constexpr std::array<DnfSign, 31> dnf_signs = {{
    {DnfFailure::not_trusted, "GPG signature verification error"},
    {DnfFailure::not_trusted, "GPG signature is not available"},
    {DnfFailure::not_trusted, "is not signed"},
    {DnfFailure::not_trusted, "GPG check FAILED"},
    {DnfFailure::not_trusted, "Public key for"},
    {DnfFailure::not_trusted, "Failed to retrieve GPG key"},
    {DnfFailure::not_trusted, "GPG Keys are configured as"},
    {DnfFailure::not_trusted, "Signature verification failed"},
    {DnfFailure::not_trusted, "OpenPGP check"},
    {DnfFailure::mismatch, "checksum doesn't match"},
    {DnfFailure::mismatch, "Inconsistent server data"},
    {DnfFailure::mismatch, "Package corrupted"},
    {DnfFailure::no_space, "No space left on device"},
    {DnfFailure::no_space, "needs more space"},
    {DnfFailure::no_space, "Not enough free space"},
    {DnfFailure::no_space, "At least "},
    {DnfFailure::locked, "already locked by"},
    {DnfFailure::locked, "Waiting for process with pid"},
    {DnfFailure::locked, "Failed to obtain"},
    {DnfFailure::locked, "can't create transaction lock"},
    {DnfFailure::filtered, "filtered out by modular filtering"},
    {DnfFailure::unsatisfiable, "nothing provides"},
    {DnfFailure::unsatisfiable, "conflicts with"},
    {DnfFailure::unsatisfiable, "conflicting requests"},
    {DnfFailure::unsatisfiable, "No match for argument"},
    {DnfFailure::unsatisfiable, "Unable to find a match"},
    {DnfFailure::not_found, "Status code: 404"},
    {DnfFailure::unreachable, "Curl error"},
    {DnfFailure::unreachable, "Status code: "},
    {DnfFailure::unreachable, "All mirrors were tried"},
    {DnfFailure::unreachable, "Cannot download"},
}};

std::string cleaned_dnf_line(std::string_view line) {
  std::string words = join(split_words(line), " ");
  while (words.starts_with("- ")) words = words.substr(2);
  constexpr std::string_view mark = "Error: ";
  return words.starts_with(mark) && words.size() > mark.size() ? words.substr(mark.size()) : words;
}

// "  - package a-2-1.noarch conflicts with b provided by b-1-1.noarch" goes on with the problem above it.
std::string_view detail_of(std::string_view line) {
  const std::string_view text = trim(line);
  return line.starts_with(' ') && text.starts_with("- ") ? text.substr(2) : std::string_view{};
}

// "Problem: conflicting requests", "Problem 2: ..."
bool starts_problem(std::string_view text) { return text.starts_with("Problem") && contains(text, ": "); }

Conflict conflict_of(std::string_view words) {
  Conflict conflict;
  conflict.reason = ConflictReason::packages_unsatisfiable;
  conflict.subject = join(split_words(words), " ");
  return conflict;
}

bool names_an_argument(std::string_view line) {
  return line.starts_with("No match for argument: ") ||
         line.starts_with("All matches were filtered out by modular filtering for argument: ");
}

}  // namespace

DnfProblem classify_dnf_failure(std::string_view output) {
  const std::vector<std::string_view> lines = split_lines(output);
  for (const DnfSign& sign : dnf_signs)
    for (const std::string_view line : lines)
      if (contains(line, sign.words)) return {sign.failure, cleaned_dnf_line(line)};
  for (const std::string_view line : lines)
    if (line.starts_with("Error")) return {DnfFailure::other, cleaned_dnf_line(line)};
  return {DnfFailure::other, lines.empty() ? std::string() : cleaned_dnf_line(lines.back())};
}

std::vector<Conflict> parse_dnf_conflicts(std::string_view output) {
  std::vector<Conflict> conflicts;
  bool in_problem = false;
  for (const std::string_view line : split_lines(output)) {
    const std::string_view text = trim(line);
    const std::string_view detail = detail_of(line);
    if (starts_problem(text)) {
      conflicts.push_back(conflict_of(text.substr(text.find(": ") + 2)));
    } else if (in_problem && !detail.empty()) {
      conflicts.back().subject += "; " + join(split_words(detail), " ");
    } else if (names_an_argument(text)) {
      conflicts.push_back(conflict_of(text));
    }
    in_problem = starts_problem(text) || (in_problem && !detail.empty());
  }
  return conflicts;
}

}  // namespace nvprov
