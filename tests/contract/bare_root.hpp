#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "support/temp_folder.hpp"

namespace nvprov::test {

// A bare disk in a folder. This machine's own apt, dnf, rpm and gpgv work in it as if it were "/" (see in-root), so
// that files lie where nvprov would have them, and every address is a file: no network, nothing of the machine changes.
class BareRoot {
 public:
  BareRoot();

  // The root as nvprov sees a host's disk; its programs are the machine's.
  Host& host() { return *host_; }
  std::string path() const { return folder_.path() + "/root"; }
  void write(const std::string& path, const std::string& content) const { folder_.write("root" + path, content); }
  std::string read(const std::string& path) const { return folder_.read("root" + path); }
  // Changes the byte in the middle of a file.
  void spoil(const std::string& path) const;
  // Copies a folder or file of this machine to a place in the root.
  void copy(const std::string& from, const std::string& to) const;

  CommandOutput run(const std::vector<std::string>& argv, const std::vector<EnvironmentVariable>& environment = {});
  // What it printed, errors included; the test fails if the program does.
  std::string run_well(const std::vector<std::string>& argv);

 private:
  TempFolder folder_;
  std::unique_ptr<Host> host_;
};

// Both outputs of a program.
std::string said(const CommandOutput& output);

// One archive for all tests of this process, copied into the root at /srv/NAME; `maker` is a script of this folder.
void add_world(const BareRoot& root, const std::string& maker, const std::string& name);
// The same of an archive that is signed, with its secret keys.
void add_archive(const BareRoot& root, const std::string& maker, const std::string& name);
// Signs that copy anew with the key "archive" or "stranger".
void sign_archive(const BareRoot& root, const std::string& maker, const std::string& name, const std::string& key);

// A file of tests/.
std::string test_file(const std::string& name);

// The catalog's key.
SigningKey catalog_key(const std::string& id);

}  // namespace nvprov::test
