#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

// An index file as `apt-cache policy` without names tells of it.
struct IndexFile {
  std::string description;  // "http://mirror.example.org/debian bookworm/main amd64 Packages"
  std::string origin;
  std::string suite;
  std::string site;
};

struct Reader {
  std::vector<IndexFile> files;
  std::vector<PackageOffer> offers;
  std::string package;
  std::string candidate;
  std::string version;
  bool in_files = false;
};

// "v=12,o=Debian,a=oldstable-security,n=bookworm-security,...": the code name never changes, the archive name does.
void read_release(std::string_view text, IndexFile& file) {
  std::string archive;
  for (const std::string& part : split(text, ',')) {
    if (part.starts_with("o=")) file.origin = part.substr(2);
    if (part.starts_with("n=")) file.suite = part.substr(2);
    if (part.starts_with("a=")) archive = part.substr(2);
  }
  if (file.suite.empty()) file.suite = archive;
}

void read_file_line(Reader& reader, std::string_view text) {
  if (text.starts_with("release ")) {
    if (!reader.files.empty()) read_release(text.substr(8), reader.files.back());
  } else if (text.starts_with("origin ")) {
    if (!reader.files.empty()) reader.files.back().site = std::string(text.substr(7));
  } else if (const std::size_t blank = text.find(' '); blank != std::string_view::npos) {
    reader.files.push_back({std::string(trim(text.substr(blank))), {}, {}, {}});
  }
}

// "mirror bookworm-security/non-free amd64 Packages" names its suite before the slash; a flat one is "mirror ./
// Packages".
std::string suite_of(std::string_view description) {
  const std::vector<std::string> words = split_words(description);
  return words.size() < 2 ? std::string() : words[1].substr(0, words[1].rfind('/'));
}

PackageOffer offer_from(const Reader& reader, const std::string& description) {
  PackageOffer offer;
  offer.name = reader.package;
  offer.version = reader.version;
  offer.suite = suite_of(description);
  offer.candidate = reader.version == reader.candidate;
  const auto file = std::ranges::find(reader.files, description, &IndexFile::description);
  if (file == reader.files.end()) return offer;
  offer.origin = file->origin.empty() ? file->site : file->origin;
  if (!file->suite.empty()) offer.suite = file->suite;
  return offer;
}

// "500 http://mirror.example.org/debian bookworm/main amd64 Packages". What only dpkg's status file knows is
// installed, not offered. Of several places with one version the first is where apt would take it from.
void read_place(Reader& reader, std::string_view text) {
  const std::size_t blank = text.find(' ');
  const std::string description(trim(text.substr(std::min(blank, text.size()))));
  if (!contains(description, " ")) return;
  const auto known = [&](const PackageOffer& offer) {
    return offer.name == reader.package && offer.version == reader.version;
  };
  if (std::ranges::none_of(reader.offers, known)) reader.offers.push_back(offer_from(reader, description));
}

bool starts_package(std::string_view line) { return !line.starts_with(' ') && line.ends_with(':'); }

// Versions stand in column 5 (after " *** " for the installed one), the places that hold them further right.
bool is_version_line(std::string_view line) {
  return line.size() > 5 && (line.starts_with("     ") || line.starts_with(" *** ")) && line[5] != ' ';
}

Status read_package_line(Reader& reader, std::string_view line) {
  const std::string_view text = trim(line);
  if (text.starts_with("Candidate:")) {
    reader.candidate = std::string(trim(text.substr(10)));
  } else if (text.starts_with("Installed:") || text.starts_with("Version table:") || text.starts_with("Package pin:")) {
    return {};
  } else if (is_version_line(line)) {
    reader.version = split_words(line.substr(5)).front();
  } else if (reader.version.empty()) {
    return fail(fmt::format("a line of apt-cache policy cannot be read: {}", text));
  } else {
    read_place(reader, text);
  }
  return {};
}

Status read_line(Reader& reader, std::string_view line) {
  if (starts_package(line)) {
    reader.in_files = line == "Package files:";
    reader.package = std::string(line.substr(0, line.size() - 1));
    reader.version.clear();
    reader.candidate.clear();
    return {};
  }
  if (trim(line).empty() || reader.package == "Pinned packages") return {};
  if (reader.package.empty()) return fail(fmt::format("a line of apt-cache policy cannot be read: {}", line));
  if (!reader.in_files) return read_package_line(reader, line);
  read_file_line(reader, trim(line));
  return {};
}

}  // namespace

Result<std::vector<PackageOffer>> parse_policy(std::string_view output) {
  Reader reader;
  for (const std::string_view line : split_lines(output))
    if (const Status status = read_line(reader, line); !status) return fail(status.error());
  return std::move(reader.offers);
}

}  // namespace nvprov
