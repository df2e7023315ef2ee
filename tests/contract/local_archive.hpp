#pragma once

#include <memory>
#include <string>
#include <vector>

#include "closure/closure.hpp"
#include "host/host.hpp"
#include "support/temp_folder.hpp"

namespace nvprov::test {

// A disk in a folder, with a small signed archive on it as its only repository, and a caller's cache. The real apt of
// this machine works on them; nothing needs root or network.
class LocalArchive {
 public:
  LocalArchive();

  Host& machine() { return *machine_; }
  std::string archive() const { return root() + "/srv/archive"; }
  std::string root() const { return folder_.path() + "/root"; }
  std::string cache() const { return folder_.path() + "/cache"; }
  PrivateApt apt() const { return {cache(), root()}; }
  // A file of the target.
  void write(const std::string& path, const std::string& content) const { folder_.write("root" + path, content); }
  // "deb [signed-by=KEY] file:/srv/archive fake main"
  ConsultedRepositories repositories() const;
  HostFacts facts() const;
  // Puts a package into the target's states, and into the facts given.
  void install(HostFacts& facts, const std::string& name, const std::string& version, bool held = false);
  // Signs the archive anew.
  void sign(const std::string& key, const std::string& release_line = {});
  // Replaces words in a file of the archive.
  void alter(const std::string& file, const std::string& from, const std::string& to) const;
  // Every file of the target with its content: what must stay as it is.
  std::vector<std::string> target_files() const;

 private:
  TempFolder folder_;
  std::unique_ptr<Host> machine_;
  std::string status_;
};

// A transaction for these packages.
InstallPackages request(std::vector<PackageRequest> packages);

// A script of tests/contract. A plain user may not be able to read the source folder; then `run` names copies.
std::string contract_script(const std::string& name);

// Runs a program of this machine; what it printed. The test fails if it fails.
std::string run_program(const std::vector<std::string>& argv);

}  // namespace nvprov::test
