#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/target_files.hpp"
#include "metadata/fetched.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Packages of one component for these architectures.
struct WantedIndexes {
  std::string component;  // "" of a flat repository
  std::vector<std::string> architectures;
  std::string file;
  int line = 0;

  bool operator==(const WantedIndexes&) const = default;
};

// What entries say of one Release file and the indexes below it.
struct AptRepository {
  std::vector<std::string> bases;  // the first that answers counts; each ends in a slash
  std::string suite;               // as the entry has it
  std::vector<WantedIndexes> wanted;
  std::string signed_by;        // as the entry has it; "" for none
  bool trusted = false;         // trusted=yes: no signature is asked for
  bool never_trusted = false;   // trusted=no
  bool allow_insecure = false;  // a Release file may be missing a signature
  std::optional<bool> by_hash;  // else as the Release file says
  std::optional<bool> check_valid_until;
  std::optional<bool> check_date;
  std::optional<std::int64_t> max_valid_seconds;
  std::optional<std::int64_t> min_valid_seconds;

  bool operator==(const AptRepository&) const = default;

  bool is_flat() const { return suite.ends_with('/'); }
};

// The address of a file below the Release file's folder.
std::string release_url(const AptRepository& repository, const std::string& base, const std::string& path);
// The path, below the Release file's folder, of an index without its ending.
std::string index_path(const AptRepository& repository, const std::string& component, const std::string& architecture);

// The repositories of enabled binary entries, each once, whatever number of entries names it. `architectures` begins
// with the target's own. Entries of a kind that cannot be fetched are appended to `unfetchable`.
// An error where entries contradict each other about one repository, at which apt stops as well.
Result<std::vector<AptRepository>> apt_repositories(const std::vector<RepositoryEntry>& entries,
                                                    const std::vector<std::string>& architectures,
                                                    const TargetFiles& target, Unfetchable& unfetchable);

// The addresses in the text of a mirror list, best first.
std::vector<std::string> parse_mirror_list(std::string_view text);

}  // namespace nvprov
