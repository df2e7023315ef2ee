#pragma once

#include <string>
#include <vector>

#include "host/downloader.hpp"

namespace nvprov::test {

// The server of file_server.py, which `run` has started, and one folder of its own below it for each test.
class MetadataServer {
 public:
  MetadataServer();
  ~MetadataServer();
  MetadataServer(const MetadataServer&) = delete;
  MetadataServer& operator=(const MetadataServer&) = delete;

  // The address of a file in this test's folder.
  std::string url(const std::string& path) const;
  void put(const std::string& path, const std::string& content) const;
  // Lets another folder of this machine appear in it.
  void show(const std::string& path, const std::string& folder) const;
  // How the server misbehaves from now on, one rule a line; {} for not at all.
  void misbehave(const std::vector<std::string>& rules) const;
  // The requests since the last time this was asked: "200 /dists/..."
  std::vector<std::string> requests();
  std::string ca_file() const;

 private:
  std::string name_;
  std::size_t seen_ = 0;
};

// One that gives up soon.
std::unique_ptr<Downloader> quick_downloader();

}  // namespace nvprov::test
