#include "host/downloader.hpp"

#include <filesystem>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "contract/metadata_server.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov {
namespace {

using test::MetadataServer;
using test::TempFolder;

constexpr std::uint64_t plenty = 10'000'000;

struct Place {
  MetadataServer server;
  TempFolder folder;
  std::string body = std::string(300'000, 'x') + "the end";

  Place() { server.put("file", body); }

  Download wanted(const std::string& name = "file") const {
    Download file{.url = server.url(name), .destination = folder.path() + "/" + name, .max_bytes = plenty};
    file.access.ca_file = server.ca_file();
    return file;
  }
  static DownloadResult fetch(const Download& file) { return test::quick_downloader()->fetch({file}, {}).at(0); }
  std::vector<std::string> left() const {
    std::vector<std::string> names;
    for (const auto& item : std::filesystem::directory_iterator(folder.path())) names.push_back(item.path().filename());
    return names;
  }
};

DownloadProblem problem_of(const DownloadResult& result) {
  REQUIRE(!result);
  return result.error().problem;
}

}  // namespace

TEST_CASE("several files come at once, each checked, and progress is told", "[metadata]") {
  Place place;
  std::vector<Download> files;
  for (int i = 0; i < 12; ++i) {
    place.server.put("f" + std::to_string(i), place.body + std::to_string(i));
    Download file = place.wanted("f" + std::to_string(i));
    file.size = place.body.size() + std::to_string(i).size();
    file.digest = FileDigest{DigestKind::sha256, sha256_hex(place.body + std::to_string(i))};
    files.push_back(file);
  }
  DownloadProgress last;
  const auto results = test::quick_downloader()->fetch(
      files, {.on_progress = [&](const DownloadProgress& told) { last = told; }, .is_stopped = {}});
  REQUIRE(results.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    REQUIRE(results[i]);
    CHECK(results[i]->digest == *files[i].digest);
    CHECK(place.folder.read(files[i].destination.substr(place.folder.path().size())) == place.body + std::to_string(i));
  }
  CHECK(last.done_files == files.size());
  CHECK(last.done_bytes == last.total_bytes);
}

TEST_CASE("a file that is not what was asked for leaves nothing, and what was there stays", "[metadata]") {
  Place place;
  Download file = place.wanted();
  place.folder.write("file", "as it was");
  file.digest = FileDigest{DigestKind::sha256, std::string(64, '0')};
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::mismatch);
  file.digest = std::nullopt;
  file.size = 10;
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::mismatch);
  file.size = std::nullopt;
  file.max_bytes = 10;
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::too_large);
  CHECK(place.folder.read("file") == "as it was");
  CHECK(std::filesystem::exists(place.folder.path() + "/.file.nvprov-part") == false);
}

TEST_CASE("a file cut off is gone on with, or begun anew where the server knows no ranges", "[metadata]") {
  for (const bool ranges : {true, false}) {
    Place place;
    place.server.misbehave({"file cut 1", ranges ? "" : "file no-ranges"});
    const DownloadResult result = Place::fetch(place.wanted());
    REQUIRE(result);
    CHECK(place.folder.read("file") == place.body);
    const auto requests = place.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].starts_with(ranges ? "206 /file bytes=" : "200 /file bytes="));
  }
}

TEST_CASE("what another run left is used only of the same file", "[metadata]") {
  Place place;
  place.server.misbehave({"file cut"});
  CHECK(problem_of(Place::fetch(place.wanted())) == DownloadProblem::cut_short);
  place.server.put("file", std::string(300'000, 'y'));
  place.server.misbehave({});
  REQUIRE(Place::fetch(place.wanted()));
  CHECK(place.folder.read("file") == std::string(300'000, 'y'));
}

TEST_CASE("a known file that has not changed is not sent again", "[metadata]") {
  Place place;
  REQUIRE(Place::fetch(place.wanted()));
  Download again = place.wanted();
  again.known = again.destination;
  const DownloadResult same = Place::fetch(again);
  REQUIRE(same);
  CHECK(same->unchanged);
  place.server.put("file", "new");
  const DownloadResult changed = Place::fetch(again);
  REQUIRE(changed);
  CHECK(!changed->unchanged);
  CHECK(place.folder.read("file") == "new");
}

TEST_CASE("what goes by itself is tried again, what does not is told apart", "[metadata]") {
  Place place;
  place.server.misbehave({"file status 503 1"});
  CHECK(Place::fetch(place.wanted()));
  place.server.misbehave({"file status 503"});
  CHECK(problem_of(Place::fetch(place.wanted())) == DownloadProblem::unreachable);
  place.server.misbehave({"file status 403"});
  CHECK(problem_of(Place::fetch(place.wanted())) == DownloadProblem::refused);
  CHECK(problem_of(Place::fetch(place.wanted("none"))) == DownloadProblem::not_there);
  // A machine without ca-certificates cannot even ask.
  if (!std::filesystem::exists("/etc/ssl/certs/ca-certificates.crt")) return;
  Download file = place.wanted();
  file.access.ca_file = std::nullopt;
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::not_trusted);
}

TEST_CASE("plain http and files only where the request says so", "[metadata]") {
  Place place;
  Download file = place.wanted();
  file.url = "http://127.0.0.1:9/file";
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::not_allowed);
  file.access.allow_http = true;
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::unreachable);
  file.url = "file://" + place.folder.write("local", "here");
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::not_allowed);
  file.access.allow_file = true;
  CHECK(Place::fetch(file));
  CHECK(place.folder.read("file") == "here");
  CHECK(make_offline_downloader()->fetch({file}, {}).at(0));
  CHECK(problem_of(make_offline_downloader()->fetch({place.wanted()}, {}).at(0)) == DownloadProblem::unreachable);
}

TEST_CASE("a download that is stopped says so", "[metadata]") {
  Place place;
  const auto results =
      test::quick_downloader()->fetch({place.wanted()}, {.on_progress = {}, .is_stopped = [] { return true; }});
  CHECK(problem_of(results.at(0)) == DownloadProblem::stopped);
}

TEST_CASE("of a file that could not be had nothing is left behind", "[metadata]") {
  Place place;
  place.server.misbehave({"file status 404"});
  CHECK(problem_of(Place::fetch(place.wanted())) == DownloadProblem::not_there);
  CHECK(place.left().empty());
}

TEST_CASE("that a file has not changed counts only where it was asked", "[metadata]") {
  Place place;
  place.server.misbehave({"file status 304"});
  CHECK(problem_of(Place::fetch(place.wanted())) == DownloadProblem::unreachable);
  Download file = place.wanted();
  file.known = file.destination;  // which is not there
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::unreachable);
  CHECK(place.left().empty());
}

TEST_CASE("another part of a file than was asked for is not used", "[metadata]") {
  Place place;
  place.server.misbehave({"file cut 1", "file wrong-range 1"});
  REQUIRE(Place::fetch(place.wanted()));
  CHECK(place.folder.read("file") == place.body);
  CHECK(place.server.requests().size() == 3);
  place.server.misbehave({"file wrong-range"});
  Download file = place.wanted();
  CHECK(problem_of(Place::fetch(file)) == DownloadProblem::cut_short);
}

}  // namespace nvprov
