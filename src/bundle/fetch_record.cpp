#include "bundle/fetch_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "bundle/mirror_path.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t recorded_mode = 0644;

class RecordingDownloader : public Downloader {
 public:
  RecordingDownloader(FetchRecord& record, std::unique_ptr<Downloader> inner)
      : record_(record), inner_(std::move(inner)) {}

  std::vector<DownloadResult> fetch(const std::vector<Download>& files, const DownloadWatch& watch) override {
    std::vector<DownloadResult> results = inner_->fetch(files, watch);
    for (std::size_t i = 0; i < files.size(); ++i)
      if (results[i] && !results[i]->unchanged) record_.add(files[i].url, files[i].destination, files[i].access);
    return results;
  }

 private:
  FetchRecord& record_;
  std::unique_ptr<Downloader> inner_;
};

class RecordingHttpClient : public HttpClient {
 public:
  RecordingHttpClient(FetchRecord& record, std::unique_ptr<HttpClient> inner)
      : record_(record), inner_(std::move(inner)) {}

  Result<std::string> get(const HttpRequest& request) override {
    auto text = inner_->get(request);
    if (text) record_.add_text(request.url, *text, {.ca_file = request.ca_file, .proxy = request.proxy});
    return text;
  }

 private:
  FetchRecord& record_;
  std::unique_ptr<HttpClient> inner_;
};

// How many characters two addresses have in common, up to the last slash of these.
std::size_t common_folder(std::string_view left, std::string_view right) {
  const auto differ = std::ranges::mismatch(left, right);
  const std::string_view same = left.substr(0, static_cast<std::size_t>(differ.in1 - left.begin()));
  const std::size_t slash = same.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

Error plain_error(std::string message) {
  return {.kind = ErrorKind::failed, .message = std::move(message), .because = {}, .hints = {}, .context = {}};
}

// Where the path of an address begins.
std::size_t path_begin(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return std::min(url.find(':'), url.size());
  return std::min(url.find('/', host + 3), url.size());
}

}  // namespace

std::unique_ptr<Downloader> FetchRecord::recording(std::unique_ptr<Downloader> downloader) {
  return std::make_unique<RecordingDownloader>(*this, std::move(downloader));
}

std::unique_ptr<HttpClient> FetchRecord::recording(std::unique_ptr<HttpClient> client) {
  return std::make_unique<RecordingHttpClient>(*this, std::move(client));
}

bool FetchRecord::is_recorded(const std::string& path) const {
  return std::ranges::find(fetches_, path, &RecordedFetch::path) != fetches_.end();
}

void FetchRecord::note(Error error) {
  if (!problem_) problem_ = std::move(error);
}

void FetchRecord::add(const std::string& url, const std::string& file, const DownloadAccess& access) {
  const auto text = machine_.read_file(file);
  if (!text || !*text) return note(text ? plain_error(fmt::format("{} is gone", file)) : text.error());
  add_text(url, **text, access);
}

// Of a file fetched twice the later one counts: a mirror that was being updated is asked again.
void FetchRecord::add_text(const std::string& url, std::string_view text, const DownloadAccess& access) {
  const auto path = mirror_path(url);
  if (!path) return note(plain_error(fmt::format("{} can have no place in a bundle", mask_credentials(url))));
  if (const Status written = machine_.write_file(folder_ + "/" + *path, text, recorded_mode); !written)
    return note(written.error());
  if (!is_recorded(*path)) fetches_.push_back({.url = url, .path = *path, .access = access});
}

std::optional<FetchRecord::Way> FetchRecord::way_to(std::string_view url) const {
  const std::string plain = without_credentials(url);
  const RecordedFetch* nearest = nullptr;
  std::size_t best = 0;
  for (const RecordedFetch& fetch : fetches_) {
    const std::string other = without_credentials(fetch.url);
    const std::size_t common = common_folder(plain, other);
    if (common <= path_begin(plain) || common <= best) continue;
    best = common;
    nearest = &fetch;
  }
  if (nearest == nullptr) return std::nullopt;
  // Scheme, user, password, host and port of the one fetched; the path asked for.
  return Way{nearest->url.substr(0, path_begin(nearest->url)) + plain.substr(path_begin(plain)), nearest->access};
}

}  // namespace nvprov
