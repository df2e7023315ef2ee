#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

struct Sign {
  UpdateFailure failure;
  std::string_view words;  // part of a line of apt that gives it away
};

// From the most serious down: a signature that does not hold outweighs whatever else went wrong. Within one kind the
// line that says most comes first. Recorded from apt 2.6 (gpgv) and 3.0 (sqv).
constexpr std::array<Sign, 25> signs = {{
    {UpdateFailure::not_trusted, "BADSIG"},
    {UpdateFailure::not_trusted, "NO_PUBKEY"},
    {UpdateFailure::not_trusted, "EXPKEYSIG"},
    {UpdateFailure::not_trusted, "REVKEYSIG"},
    {UpdateFailure::not_trusted, "signature verification failed"},
    {UpdateFailure::not_trusted, "signatures were invalid"},
    {UpdateFailure::not_trusted, "signatures couldn't be verified"},
    {UpdateFailure::not_trusted, "error occurred during the signature verification"},
    {UpdateFailure::not_trusted, "GPG error"},
    {UpdateFailure::not_trusted, "is not signed"},
    {UpdateFailure::not_trusted, "is no longer signed"},
    {UpdateFailure::not_trusted, "Clearsigned file isn't valid"},
    {UpdateFailure::not_trusted, "provides only weak security information"},
    {UpdateFailure::no_space, "No space left on device"},
    {UpdateFailure::no_space, "enough free space"},
    {UpdateFailure::expired, "is expired"},
    {UpdateFailure::expired, "is not valid yet"},
    {UpdateFailure::mismatch, "Hash Sum mismatch"},
    {UpdateFailure::mismatch, "File has unexpected size"},
    {UpdateFailure::locked, "Could not get lock"},
    {UpdateFailure::locked, "Unable to lock directory"},
    {UpdateFailure::unreachable, "does not have a Release file"},
    {UpdateFailure::unreachable, "Failed to fetch"},
    {UpdateFailure::unreachable, "no longer has a Release file"},
    {UpdateFailure::unreachable, "Could not resolve"},
}};

// apt says everything twice: while it works, and in the "W:" and "E:" lines at the end that name the repository.
bool is_verdict(std::string_view line) { return line.starts_with("E: ") || line.starts_with("W: "); }

std::string cleaned(std::string_view line) { return join(split_words(line.substr(3)), " "); }

std::optional<std::string> find_verdict(const std::vector<std::string_view>& lines, std::string_view words) {
  for (const std::string_view line : lines)
    if (is_verdict(line) && contains(line, words)) return cleaned(line);
  return std::nullopt;
}

// An error no table knows, in apt's words; the last resort is its last line.
std::string any_detail(const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines)
    if (line.starts_with("E: ")) return cleaned(line);
  return lines.empty() ? std::string() : std::string(trim(lines.back()));
}

}  // namespace

UpdateProblem classify_update_failure(std::string_view output) {
  const std::vector<std::string_view> lines = split_lines(output);
  for (const Sign& sign : signs)
    if (auto detail = find_verdict(lines, sign.words)) return {sign.failure, std::move(*detail)};
  return {UpdateFailure::other, any_detail(lines)};
}

}  // namespace nvprov
