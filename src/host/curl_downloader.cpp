#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <thread>

#include "base/text.hpp"
#include "host/curl_parts.hpp"
#include "host/downloader.hpp"
#include "host/fetch_local_file.hpp"
#include "host/part_file.hpp"

namespace nvprov {
namespace {

using Moment = std::chrono::steady_clock::time_point;

constexpr std::size_t at_once = 6;
constexpr long status_ok = 200;
constexpr long status_part = 206;
constexpr long status_unchanged = 304;
constexpr long status_bad_range = 416;

struct HeaderFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct MultiCloser {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

Validators read_validators(const std::string& file) {
  const auto text = read_real_file(validators_path(file), validators_path(file));
  return text && *text ? parse_validators(**text) : Validators{};
}

// A weak one ("W/...") promises less than the same bytes.
std::string resume_condition(const Validators& kept) {
  return kept.etag.empty() || kept.etag.starts_with("W/") ? kept.last_modified : kept.etag;
}

// One file on its way.
struct Job {
  Job(const Download& download, std::size_t index)
      : wanted(download),
        place(index),
        part(download.destination, download.digest ? download.digest->kind : DigestKind::sha256) {}

  const Download& wanted;
  std::size_t place;
  PartFile part;
  CurlHandle handle;
  std::unique_ptr<curl_slist, HeaderFree> headers;
  CurlComplaint complaint{};
  Validators answered;      // what the server says of the file
  std::string range_start;  // of an answer that is a part
  int tries = 0;
  bool from_start = false;   // what an earlier run left is not to be used
  bool asks_change = false;  // whether the known copy still is what the server has
  Moment not_before = {};
  std::uint64_t resumed = 0;
  std::uint64_t announced = 0;
  bool has_begun = false;
  bool too_large = false;
  std::optional<Error> disk = std::nullopt;

  std::string shown() const { return mask_credentials(wanted.url); }
  CurlAddress address() const {
    return {.url = wanted.url,
            .ca_file = wanted.access.ca_file,
            .proxy = wanted.access.proxy,
            .allow_http = wanted.access.allow_http,
            .check_certificate = wanted.access.check_certificate};
  }
  long status() const {
    long value = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &value);
    return value;
  }
};

// --- what libcurl calls ---

void take_header(Job& job, std::string_view line) {
  if (line.starts_with("HTTP/")) {  // of several, after redirections, the last answer counts
    job.answered = Validators{.url = job.shown(), .etag = {}, .last_modified = {}};
    job.range_start.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = lower(trim(line.substr(0, colon)));
  const std::string value(trim(line.substr(colon + 1)));
  if (name == "etag") job.answered.etag = value;
  if (name == "last-modified") job.answered.last_modified = value;
  if (name == "content-range" && value.starts_with("bytes "))  // "bytes 100-199/200"
    job.range_start = value.substr(6, value.find('-') - 6);
}

std::size_t on_header(const char* bytes, std::size_t, std::size_t count, void* place) {
  take_header(*static_cast<Job*>(place), {bytes, count});
  return count;
}

// A server that knows no ranges, or has another file by now, sends all of it.
Status begin_body(Job& job) {
  job.has_begun = true;
  if (job.status() == status_ok && job.resumed > 0) {
    job.resumed = 0;
    if (const Status emptied = job.part.open_empty(); !emptied) return emptied;
  }
  const std::string text = validators_text(job.answered);
  return replace_real_file(validators_path(job.part.path()), validators_path(job.part.path()), text, 0644);
}

bool is_other_part(const Job& job) {
  return job.status() == status_part && job.range_start != std::to_string(job.resumed);
}

Status take_body(Job& job, std::string_view bytes) {
  const long status = job.status();
  if (status != status_ok && status != status_part) return {};  // the page of an error
  if (is_other_part(job)) return fail("another part");
  if (!job.has_begun)
    if (const Status begun = begin_body(job); !begun) return begun;
  job.too_large = bytes.size() > limit_of(job.wanted) || job.part.size() > limit_of(job.wanted) - bytes.size();
  if (job.too_large) return fail("too large");
  return job.part.add(bytes);
}

std::size_t on_body(const char* bytes, std::size_t, std::size_t count, void* place) {
  Job& job = *static_cast<Job*>(place);
  const Status taken = take_body(job, {bytes, count});
  if (!taken && !job.too_large && !is_other_part(job)) job.disk = taken.error();
  return taken ? count : 0;
}

// --- setting up ---

void add_header(Job& job, const std::string& line) {
  job.headers.reset(curl_slist_append(job.headers.release(), line.c_str()));
}

// Opens the part, with what an earlier try left where that can be gone on with.
Status open_part(Job& job) {
  const Validators kept = read_validators(job.part.path());
  const bool same_place = kept.url == job.shown();
  const bool can_tell = job.wanted.digest.has_value() || !resume_condition(kept).empty();
  if (job.from_start || !same_place || !can_tell) return job.part.open_empty();
  if (const Status opened = job.part.open_kept(); !opened) return opened;
  if (job.part.size() >= limit_of(job.wanted)) return job.part.open_empty();
  job.resumed = job.part.size();
  if (job.resumed == 0) return {};
  add_header(job, fmt::format("Range: bytes={}-", job.resumed));
  if (const std::string condition = resume_condition(kept); !condition.empty())
    add_header(job, "If-Range: " + condition);
  return {};
}

void ask_whether_changed(Job& job) {
  if (job.wanted.known.empty() || job.resumed > 0) return;
  const auto there = real_file_info(job.wanted.known, job.wanted.known, true);
  const Validators kept = read_validators(job.wanted.known);
  if (!there || !*there || kept.url != job.shown()) return;
  if (!kept.etag.empty()) add_header(job, "If-None-Match: " + kept.etag);
  if (!kept.last_modified.empty()) add_header(job, "If-Modified-Since: " + kept.last_modified);
  job.asks_change = !kept.etag.empty() || !kept.last_modified.empty();
}

bool set_up_access(Job& job) {
  CURL* handle = job.handle.get();
  const DownloadAccess& access = job.wanted.access;
  const auto set = [handle](CURLoption option, const std::optional<std::string>& value) {
    return !value || curl_easy_setopt(handle, option, value->c_str()) == CURLE_OK;
  };
  return set(CURLOPT_SSLCERT, access.client_certificate) && set(CURLOPT_SSLKEY, access.client_key) &&
         set(CURLOPT_USERPWD, access.credentials);
}

bool set_up_job(Job& job, HttpPatience patience, const std::optional<std::string>& ca_bundle) {
  patience.whole = 0;
  CURL* handle = job.handle.get();
  return handle != nullptr && set_up_curl(handle, job.address(), patience, ca_bundle, job.complaint) &&
         set_up_access(job) && curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_HEADERDATA, &job) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_WRITEDATA, &job) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_PRIVATE, &job) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_HTTPHEADER, job.headers.get()) == CURLE_OK;
}

// --- ending ---

bool is_transient(long status) {
  return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501 && status != 505);
}

bool is_transient(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PARTIAL_FILE:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSL_CONNECT_ERROR: return true;
    default: return false;
  }
}

DownloadProblem problem_of(CURLcode code) {
  switch (code) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING: return DownloadProblem::cut_short;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_UNSUPPORTED_PROTOCOL: return DownloadProblem::not_trusted;
    default: return DownloadProblem::unreachable;
  }
}

DownloadResult status_failure(const Job& job, long status) {
  const auto failure = [&](DownloadProblem problem, std::string message) {
    return download_fails(problem, std::move(message));
  };
  if (status == 404 || status == 410)
    return failure(DownloadProblem::not_there, fmt::format("{} is not there (HTTP status {})", job.shown(), status));
  const bool is_in_trouble = is_transient(status) || status == status_unchanged;
  return failure(is_in_trouble ? DownloadProblem::unreachable : DownloadProblem::refused,
                 fmt::format("{} answered with HTTP status {}", job.shown(), status));
}

void keep_validators(const Job& job) {
  const std::string path = validators_path(job.wanted.destination);
  remove_real_file(validators_path(job.part.path()), job.part.path());
  // Without it the next fetch asks for all of the file; no more is lost.
  const bool can_tell = !job.answered.etag.empty() || !job.answered.last_modified.empty();
  if (can_tell) replace_real_file(path, path, validators_text(job.answered), 0644);
  if (!can_tell) remove_real_file(path, path);
}

// What goes on: nothing is said, the job is to be started once more.
using Verdict = std::optional<DownloadResult>;

Verdict start_anew(Job& job) {
  if (job.from_start) return DownloadResult(status_failure(job, job.status()));
  job.from_start = true;
  return std::nullopt;
}

Verdict end_whole(Job& job) {
  if (!job.has_begun)  // an empty file has no body to begin with
    if (const Status begun = begin_body(job); !begun)
      return DownloadResult(download_fails(DownloadProblem::no_place, begun.error()));
  DownloadResult result = settle_part(job.wanted, job.part);
  // What an earlier try left may be of another file; then the whole of it counts.
  if (!result && result.error().problem == DownloadProblem::mismatch && job.resumed > 0 && !job.from_start)
    return start_anew(job);
  if (result) keep_validators(job);
  return result;
}

Verdict try_again(Job& job, DownloadResult failure, const DownloadRetries& retries) {
  if (++job.tries >= retries.tries) return failure;
  const long milliseconds = retries.pause_milliseconds << (job.tries - 1);
  job.not_before = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  return std::nullopt;
}

// A server that mixes up parts may yet be able to send the whole.
Verdict end_other_part(Job& job) {
  if (!job.from_start) return start_anew(job);
  job.part.remove();
  return DownloadResult(download_fails(
      DownloadProblem::cut_short, fmt::format("{} sends another part of the file than was asked for", job.shown())));
}

// "Not changed" says something only of a copy that is here; to one who has none it is no answer.
DownloadResult end_unchanged(Job& job) {
  job.part.remove();
  if (!job.asks_change) return status_failure(job, status_unchanged);
  return Downloaded{.unchanged = true, .bytes = 0, .digest = {}};
}

Verdict end_job(Job& job, CURLcode code, const DownloadRetries& retries) {
  const long status = job.status();
  if (job.disk) return DownloadResult(download_fails(DownloadProblem::no_place, *job.disk));
  if (job.too_large) {
    job.part.remove();
    return DownloadResult(larger_than_allowed(job.wanted));
  }
  if (is_other_part(job)) return end_other_part(job);
  const bool is_page = status != 0 && status != status_ok && status != status_part && status != status_unchanged;
  if (status == status_bad_range && job.resumed > 0) return start_anew(job);
  if (is_page && (code == CURLE_OK || status >= 400)) {
    const DownloadResult failure = status_failure(job, status);
    return is_transient(status) ? try_again(job, failure, retries) : Verdict(failure);
  }
  if (code != CURLE_OK) {
    DownloadResult failure = download_fails(problem_of(code), curl_error(code, job.complaint, job.address()));
    return is_transient(code) ? try_again(job, failure, retries) : Verdict(failure);
  }
  if (status == status_unchanged) return end_unchanged(job);
  return end_whole(job);
}

// --- all of them ---

class Transfers {
 public:
  Transfers(const std::vector<Download>& files, HttpPatience patience, DownloadRetries retries,
            const std::optional<std::string>& ca_bundle, const DownloadWatch& watch)
      : patience_(patience), retries_(retries), ca_bundle_(ca_bundle), watch_(watch), multi_(curl_multi_init()) {
    results_.resize(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) waiting_.push_back(std::make_unique<Job>(files[i], i));
    total_files_ = files.size();
  }

  std::vector<DownloadResult> run() {
    while (!waiting_.empty() || !running_.empty()) {
      if (watch_.is_stopped && watch_.is_stopped()) stop();
      start_jobs();
      turn();
      tell();
    }
    std::vector<DownloadResult> results;
    for (std::optional<DownloadResult>& result : results_) results.push_back(std::move(*result));
    return results;
  }

 private:
  void settle(Job& job, DownloadResult result) {
    if (result) done_bytes_ += result->bytes;
    results_[job.place] = std::move(result);
    ++done_files_;
  }

  void start_jobs() {
    const Moment now = std::chrono::steady_clock::now();
    for (std::size_t i = waiting_.size(); i > 0 && running_.size() < at_once; --i) {
      std::unique_ptr<Job> job = std::move(waiting_.front());
      waiting_.pop_front();
      if (job->not_before > now)
        waiting_.push_back(std::move(job));
      else
        start(std::move(job));
    }
  }

  void start(std::unique_ptr<Job> job) {
    if (is_local_file(job->wanted)) return settle(*job, fetch_local_file(job->wanted));
    if (auto refusal = refusal_of(*job)) return settle(*job, std::move(*refusal));
    job->handle = CurlHandle(curl_easy_init());
    job->headers.reset();
    job->complaint = {};
    job->resumed = 0;
    job->has_begun = false;
    job->asks_change = false;
    if (const Status opened = open_part(*job); !opened)
      return settle(*job, download_fails(DownloadProblem::no_place, opened.error()));
    ask_whether_changed(*job);
    if (job->wanted.past_caches) add_header(*job, "Cache-Control: no-cache");
    if (!set_up_job(*job, patience_, ca_bundle_) || curl_multi_add_handle(multi_.get(), job->handle.get()) != CURLM_OK)
      return settle(*job, download_fails(DownloadProblem::unreachable, "libcurl cannot be set up"));
    running_.push_back(std::move(job));
  }

  std::optional<DownloadResult> refusal_of(const Job& job) const {
    const bool allowed = job.wanted.url.starts_with("https://") ||
                         (job.wanted.access.allow_http && job.wanted.url.starts_with("http://"));
    if (!allowed)
      return DownloadResult(download_fails(DownloadProblem::not_allowed,
                                           fmt::format("{} is not an https address", job.shown()), ErrorKind::usage));
    if (const Status known = check_authorities(job.address(), ca_bundle_); !known)
      return DownloadResult(download_fails(DownloadProblem::not_trusted, known.error()));
    return std::nullopt;
  }

  void turn() {
    constexpr int poll_milliseconds = 100;
    if (running_.empty() && waiting_.empty()) return;
    int active = 0;
    curl_multi_perform(multi_.get(), &active);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left))
      if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
    if (running_.empty())
      std::this_thread::sleep_for(std::chrono::milliseconds(waiting_.empty() ? 0 : poll_milliseconds / 5));
    else if (active > 0)
      curl_multi_poll(multi_.get(), nullptr, 0, poll_milliseconds, nullptr);
  }

  void end(CURL* handle, CURLcode code) {
    const auto found =
        std::ranges::find_if(running_, [&](const std::unique_ptr<Job>& job) { return job->handle.get() == handle; });
    std::unique_ptr<Job> job = std::move(*found);
    running_.erase(found);
    curl_multi_remove_handle(multi_.get(), handle);
    if (Verdict verdict = end_job(*job, code, retries_)) {
      if (!*verdict && job->part.size() == 0) job->part.remove();  // nothing to go on with
      settle(*job, std::move(*verdict));
    } else {
      waiting_.push_back(std::move(job));
    }
  }

  void stop() {
    for (const std::unique_ptr<Job>& job : running_) curl_multi_remove_handle(multi_.get(), job->handle.get());
    for (auto* jobs : {&waiting_, &running_}) {
      for (const std::unique_ptr<Job>& job : *jobs)
        settle(*job,
               download_fails(DownloadProblem::stopped, fmt::format("{} was not fetched to its end", job->shown())));
      jobs->clear();
    }
  }

  void tell() const {
    if (!watch_.on_progress) return;
    DownloadProgress progress{done_bytes_, done_bytes_, done_files_, total_files_};
    for (const std::unique_ptr<Job>& job : waiting_) progress.total_bytes += job->wanted.size.value_or(0);
    for (const std::unique_ptr<Job>& job : running_) {
      curl_off_t length = 0;
      curl_easy_getinfo(job->handle.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
      const std::uint64_t said = length > 0 ? static_cast<std::uint64_t>(length) + job->resumed : job->part.size();
      progress.done_bytes += job->part.size();
      progress.total_bytes += job->wanted.size.value_or(said);
    }
    watch_.on_progress(progress);
  }

  HttpPatience patience_;
  DownloadRetries retries_;
  const std::optional<std::string>& ca_bundle_;
  const DownloadWatch& watch_;
  std::unique_ptr<CURLM, MultiCloser> multi_;
  std::deque<std::unique_ptr<Job>> waiting_;
  std::deque<std::unique_ptr<Job>> running_;
  std::vector<std::optional<DownloadResult>> results_;
  std::uint64_t done_bytes_ = 0;
  std::size_t done_files_ = 0;
  std::size_t total_files_ = 0;
};

class CurlDownloader : public Downloader {
 public:
  CurlDownloader(HttpPatience patience, DownloadRetries retries, std::optional<std::string> ca_bundle)
      : patience_(patience), retries_(retries), ca_bundle_(std::move(ca_bundle)) {}

  std::vector<DownloadResult> fetch(const std::vector<Download>& files, const DownloadWatch& watch) override {
    return Transfers(files, patience_, retries_, ca_bundle_, watch).run();
  }

 private:
  HttpPatience patience_;
  DownloadRetries retries_;
  std::optional<std::string> ca_bundle_;
};

}  // namespace

std::unique_ptr<Downloader> make_curl_downloader(HttpPatience patience, DownloadRetries retries,
                                                 std::optional<std::string> ca_bundle) {
  prepare_curl();
  return std::make_unique<CurlDownloader>(patience, retries, std::move(ca_bundle));
}

}  // namespace nvprov
