#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "host/curl_http_client.hpp"

namespace nvprov {

// What of a server's is trusted and what it is told, where the address alone does not say it.
struct DownloadAccess {
  bool allow_http = false;  // https always is; plain http only for what is checked in another way
  bool allow_file = false;  // "file:/..."
  bool check_certificate = true;
  std::optional<std::string> ca_file = {};  // certificates to trust in place of the system's
  std::optional<std::string> client_certificate = {};
  std::optional<std::string> client_key = {};
  std::optional<std::string> proxy = {};        // with its scheme, "" for none; else what the environment says
  std::optional<std::string> credentials = {};  // "user:password"

  bool operator==(const DownloadAccess&) const = default;
};

struct Download {
  std::string url;
  std::string destination;  // on this machine; its folder is there
  std::uint64_t max_bytes = 0;
  std::optional<std::uint64_t> size = {};  // exactly, where it is known beforehand
  std::optional<FileDigest> digest = {};
  std::string known = {};    // a copy fetched before: an answer "not changed" is as good. "" for none
  bool past_caches = false;  // what a cache on the way holds does not count, however fresh
  DownloadAccess access = {};

  bool operator==(const Download&) const = default;
};

struct Downloaded {
  bool unchanged = false;  // the known copy is what the server has; nothing was written
  std::uint64_t bytes = 0;
  FileDigest digest;  // of the kind asked for, else SHA-256; empty for what is unchanged
  bool operator==(const Downloaded&) const = default;
};

// Why a file could not be fetched, for callers that go on differently.
enum class DownloadProblem {
  unreachable,  // no connection, a time limit, a server that is in trouble
  not_trusted,  // the certificate, or a redirection away from https
  not_there,    // 404 and 410, or no such file
  refused,      // another status: 401, 403 ...
  cut_short,    // less than was announced, also after further tries
  too_large,
  mismatch,     // whole, but not of the size or digest asked for
  no_place,     // could not be written here
  not_allowed,  // an address of a kind the request does not allow
  stopped,
};
struct DownloadFailure {
  DownloadProblem problem = DownloadProblem::unreachable;
  Error error;
  bool size_holds = false;  // of a mismatch: only the content is another

  bool operator==(const DownloadFailure&) const = default;
};
using DownloadResult = tl::expected<Downloaded, DownloadFailure>;

struct DownloadProgress {
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;  // as far as it is known by now
  std::size_t done_files = 0;
  std::size_t total_files = 0;

  bool operator==(const DownloadProgress&) const = default;
};

struct DownloadWatch {
  std::function<void(const DownloadProgress&)> on_progress = {};
  std::function<bool()> is_stopped = {};  // asked often; all that is not whole then fails as "stopped"
};

class Downloader {
 public:
  virtual ~Downloader() = default;

  // Fetches all files, several at once; the results are in the order asked for. A destination is written only when the
  // file is whole and its size and digest hold; else it stays as it was. A file cut off before is gone on with.
  virtual std::vector<DownloadResult> fetch(const std::vector<Download>& files, const DownloadWatch& watch) = 0;
};

// How often and after which pause something is tried again that may go by itself.
struct DownloadRetries {
  int tries = 3;
  long pause_milliseconds = 1000;  // doubled each time
};

// libcurl's. Of the patience, `whole` does not count: packages are large.
std::unique_ptr<Downloader> make_curl_downloader(HttpPatience patience = {}, DownloadRetries retries = {},
                                                 std::optional<std::string> ca_bundle = std::nullopt);

// For work that must not ask the network: only files of this machine are fetched.
std::unique_ptr<Downloader> make_offline_downloader();

// What a server said of a file, kept beside it, by which it can tell whether it has changed.
struct Validators {
  std::string url;  // without credentials
  std::string etag;
  std::string last_modified;

  bool operator==(const Validators&) const = default;
};
std::string validators_path(const std::string& file);
std::string validators_text(const Validators& validators);
Validators parse_validators(std::string_view text);

}  // namespace nvprov
