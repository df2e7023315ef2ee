#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "host/downloader.hpp"
#include "host/host.hpp"
#include "host/target_files.hpp"
#include "metadata/consulted_repositories.hpp"
#include "model/facts.hpp"

namespace nvprov {

// Repository metadata fetched and verified by nvprov itself, without the target's apt or dnf: the target may be a
// machine that is not here.

// What vouches for an index.
enum class MetadataTrust {
  signature,  // of a key that counts, over this very file
  transport,  // https alone, as dnf is content with where an entry asks for no signature
  nothing,    // the entry says that it is to be trusted as it comes
};

// One Packages file, of one suite, component and architecture.
struct DebIndex {
  std::string path;    // on this machine, as fetched: ".xz", ".zst", ".gz" or plain, which its name ends in
  std::string digest;  // SHA-256 of that file
  std::string base;    // what `Filename:` fields are below, with a slash at its end
  std::string origin;  // this and the next six as its Release file has them
  std::string label;
  std::string suite;
  std::string codename;
  std::string version;
  bool not_automatic = false;
  bool but_automatic_upgrades = false;
  std::string distribution;  // the suite as the entry names it: "bookworm-security", "/"
  std::string component;     // "" of a flat repository
  std::string architecture;  // that was asked for: "amd64", "all"; "" of a flat repository, which may hold any
  MetadataTrust trust = MetadataTrust::nothing;
  std::string file;  // of the entry
  int line = 0;

  bool operator==(const DebIndex&) const = default;
};

// One dnf repository.
struct RpmIndex {
  std::string id;
  std::string base;  // what `location` elements are below, with a slash at its end
  std::string primary;
  std::string primary_digest;  // SHA-256 of that file
  std::optional<std::string> filelists = {};
  std::optional<std::string> modules = {};
  int priority = 99;
  int cost = 1000;
  bool module_hotfixes = false;
  std::vector<std::string> excluded = {};  // patterns of packages that do not count
  std::vector<std::string> included = {};  // where there are any, no other counts
  MetadataTrust trust = MetadataTrust::nothing;
  bool packages_signed = false;  // gpgcheck
  std::string file = {};         // of the entry
  int line = 0;

  bool operator==(const RpmIndex&) const = default;
};

// What a person should know of a repository that is used all the same.
struct MetadataWarning {
  std::string repository;  // its address
  std::string message;

  bool operator==(const MetadataWarning&) const = default;
};

struct FetchedMetadata {
  std::vector<DebIndex> deb;
  std::vector<RpmIndex> rpm;
  std::string digest;           // over all signed files; repomd.xml and indexes where none is signed
  std::int64_t fetched_at = 0;  // of the oldest, seconds since the epoch
  std::vector<MetadataWarning> warnings;

  bool operator==(const FetchedMetadata&) const = default;
};

// An entry nvprov cannot fetch by itself, though the real package manager may.
struct UnfetchableEntry {
  std::string file;
  int line = 0;
  std::string uri;
  std::string reason;

  bool operator==(const UnfetchableEntry&) const = default;
};
using Unfetchable = std::vector<UnfetchableEntry>;

struct FetchOptions {
  bool offline = false;                    // only what was fetched before, however old
  bool filelists = false;                  // of dnf's repositories; large
  std::function<std::int64_t()> now = {};  // the real clock where empty
  long pause_milliseconds = 2000;          // before a mirror that is being updated is asked again
  // For a copy of the repositories that apt and dnf can read: files by their own names and not by their digests, every
  // list dnf asks for, and every key.
  bool whole = false;
  bool expired = false;  // a copy made earlier: what was valid then counts
  // A copy nobody vouches for: a repository counts only where a signature is over its lists or over each package, by a
  // key that is not of the copy itself.
  bool only_signed = false;
  // Of addresses that cannot all be had: whether this one can. Repositories without are passed over; empty: all can.
  std::function<bool(const std::string& url)> holds = {};
  DownloadWatch watch = {};
};

// The architectures of a Debian-like target as dpkg names them, its own first.
std::vector<std::string> deb_architectures(const TargetFiles& target, const HostFacts& facts);

// Fetches what is missing or older than ten minutes below the place's cache folder, every file checked against a
// signature or what the entry puts in its place. A place without target_root has nothing of the target but the facts;
// keys its entries name are then those this machine has in the same files.
// Errors: not_trusted for a signature, key, digest or date that does not hold; failed for what is not whole, does not
// fit together (also when asked again) or cannot be reached. After an error nothing refused is kept as usable.
// Entries of a kind nvprov cannot fetch are an answer of their own, before anything is fetched.
Result<tl::expected<FetchedMetadata, Unfetchable>> fetch_repositories(Host& machine, const PrivateApt& place,
                                                                      const HostFacts& facts,
                                                                      const ConsultedRepositories& repositories,
                                                                      Downloader& downloader,
                                                                      const FetchOptions& options);

}  // namespace nvprov
