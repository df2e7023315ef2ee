#include "contract/metadata_server.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "support/catch.hpp"

namespace nvprov::test {
namespace {

std::string server_folder() { return std::getenv("NVPROV_METADATA_FOLDER"); }

std::string read_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

MetadataServer::MetadataServer() {
  static int number = 0;
  name_ = "test" + std::to_string(++number);
  std::filesystem::create_directories(server_folder() + "/files/" + name_);
  misbehave({});
  requests();
}

MetadataServer::~MetadataServer() {
  std::error_code ignored;
  std::filesystem::remove_all(server_folder() + "/files/" + name_, ignored);
  std::filesystem::remove(server_folder() + "/rules", ignored);
}

std::string MetadataServer::url(const std::string& path) const {
  return "https://127.0.0.1:" + std::string(trim(read_text(server_folder() + "/port"))) + "/" + name_ + "/" + path;
}

void MetadataServer::put(const std::string& path, const std::string& content) const {
  const std::filesystem::path place = server_folder() + "/files/" + name_ + "/" + path;
  std::filesystem::create_directories(place.parent_path());
  std::ofstream(place, std::ios::binary) << content;
}

void MetadataServer::show(const std::string& path, const std::string& from) const {
  std::filesystem::create_directory_symlink(from, server_folder() + "/files/" + name_ + "/" + path);
}

void MetadataServer::misbehave(const std::vector<std::string>& rules) const {
  std::ofstream(server_folder() + "/rules", std::ios::binary) << join(rules, "\n") << "\n";
}

std::vector<std::string> MetadataServer::requests() {
  const std::string log = read_text(server_folder() + "/log");
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(std::string_view(log).substr(seen_)))
    lines.push_back(replace_all(std::string(line), "/" + name_ + "/", "/"));
  seen_ = log.size();
  return lines;
}

std::string MetadataServer::ca_file() const { return server_folder() + "/tls/ca.pem"; }

std::unique_ptr<Downloader> quick_downloader() {
  return make_curl_downloader({.connect = 5, .stalled = 5, .whole = 20}, {.tries = 2, .pause_milliseconds = 10});
}

}  // namespace nvprov::test
