#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/downloader.hpp"
#include "host/host.hpp"
#include "host/http_client.hpp"

namespace nvprov {

// What was fetched while a plan was made: an address, and where in the record's folder its bytes are.
struct RecordedFetch {
  std::string url;  // with credentials, where it had them
  std::string path;
  DownloadAccess access;

  bool operator==(const RecordedFetch&) const = default;
};

// Copies of all that clients made by it fetch, each at its place of a bundle. Lives longer than they do.
class FetchRecord {
 public:
  FetchRecord(Host& machine, std::string folder) : machine_(machine), folder_(std::move(folder)) {}

  std::unique_ptr<Downloader> recording(std::unique_ptr<Downloader> downloader);
  std::unique_ptr<HttpClient> recording(std::unique_ptr<HttpClient> client);

  const std::vector<RecordedFetch>& fetches() const { return fetches_; }
  const std::string& folder() const { return folder_; }
  // The first file that could not be recorded, by its error.
  const std::optional<Error>& problem() const { return problem_; }

  // How a file of a repository is fetched whose indexes are in the record: as the nearest of these was. `url` may have
  // its credentials masked; nullopt where nothing near it was fetched.
  struct Way {
    std::string url;  // with the credentials again
    DownloadAccess access;
  };
  std::optional<Way> way_to(std::string_view url) const;

  void add(const std::string& url, const std::string& file, const DownloadAccess& access);
  void add_text(const std::string& url, std::string_view text, const DownloadAccess& access);

 private:
  bool is_recorded(const std::string& path) const;
  void note(Error error);

  Host& machine_;
  std::string folder_;
  std::vector<RecordedFetch> fetches_;
  std::optional<Error> problem_;
};

}  // namespace nvprov
