#include "bundle/bundle_web.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"
#include "bundle/mirror_path.hpp"

namespace nvprov {
namespace {

std::string not_in_bundle(std::string_view url) {
  return fmt::format("{} is not in the bundle", mask_credentials(url));
}

class BundleDownloader : public Downloader {
 public:
  explicit BundleDownloader(BundleWeb web) : web_(std::move(web)), local_(make_offline_downloader()) {}

  std::vector<DownloadResult> fetch(const std::vector<Download>& files, const DownloadWatch& watch) override {
    std::vector<DownloadResult> results;
    for (const Download& file : files) results.push_back(fetch_one(file, watch));
    return results;
  }

 private:
  DownloadResult fetch_one(const Download& file, const DownloadWatch& watch) {
    const auto path = web_.file_of(file.url);
    if (!path)
      return tl::unexpected<DownloadFailure>(
          DownloadFailure{.problem = DownloadProblem::not_there,
                          .error = {.message = not_in_bundle(file.url), .because = {}, .hints = {}, .context = {}}});
    Download copy = file;
    copy.url = "file:" + *path;
    copy.access.allow_file = true;
    copy.known.clear();
    return local_->fetch({copy}, watch).front();
  }

  BundleWeb web_;
  std::unique_ptr<Downloader> local_;
};

class BundleHttpClient : public HttpClient {
 public:
  BundleHttpClient(const HostView& machine, BundleWeb web) : machine_(machine), web_(std::move(web)) {}

  Result<std::string> get(const HttpRequest& request) override {
    const auto path = web_.file_of(request.url);
    if (!path) return fail(not_in_bundle(request.url));
    auto text = machine_.read_file(*path);
    if (!text) return fail(text.error());
    if (!*text) return fail(not_in_bundle(request.url));
    return std::move(**text);
  }

 private:
  const HostView& machine_;
  BundleWeb web_;
};

}  // namespace

BundleWeb::BundleWeb(const Bundle& bundle, std::string folder) : folder_(std::move(folder)) {
  for (const BundleMember& member : bundle.members)
    if (member.url) paths_.emplace(*member.url, member.path);
}

std::optional<std::string> BundleWeb::file_of(std::string_view url) const {
  const auto found = paths_.find(without_credentials(url));
  if (found == paths_.end()) return std::nullopt;
  return folder_ + "/" + found->second;
}

std::unique_ptr<Downloader> make_bundle_downloader(BundleWeb web) {
  return std::make_unique<BundleDownloader>(std::move(web));
}

std::unique_ptr<HttpClient> make_bundle_http_client(const HostView& machine, BundleWeb web) {
  return std::make_unique<BundleHttpClient>(machine, std::move(web));
}

}  // namespace nvprov
