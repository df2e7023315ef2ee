#include "contract/local_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov::test {
namespace {

std::string maker() { return contract_script("make-archive"); }

// Making one takes a second: it is made once and copied.
const std::string& pristine_archive() {
  static const TempFolder folder;
  static const std::string path = [] {
    run_program({maker(), folder.path() + "/archive"});
    return folder.path() + "/archive";
  }();
  return path;
}

}  // namespace

InstallPackages request(std::vector<PackageRequest> packages) {
  InstallPackages step;
  step.packages = std::move(packages);
  return step;
}

std::string contract_script(const std::string& name) {
  const char* copies = std::getenv("NVPROV_CONTRACT_SCRIPTS");
  return (copies != nullptr ? copies : std::string(NVPROV_SOURCE_DIR) + "/tests/contract") + "/" + name;
}

std::string run_program(const std::vector<std::string>& argv) {
  const auto output = make_posix_host("/")->run({argv, {}}, {});
  INFO(join(argv, " "));
  REQUIRE(output);
  INFO(output->out << output->err);
  REQUIRE(output->exit_status == 0);
  return output->out;
}

LocalArchive::LocalArchive() : machine_(make_posix_host("/")) {
  std::filesystem::create_directories(root() + "/srv");
  std::filesystem::copy(pristine_archive(), archive(), std::filesystem::copy_options::recursive);
  std::filesystem::permissions(archive() + "/gnupg", std::filesystem::perms::owner_all);
  write("/var/lib/dpkg/status", "");
  write("/usr/share/keyrings/archive.asc", folder_.read("root/srv/archive/key.asc"));
}

ConsultedRepositories LocalArchive::repositories() const {
  Diagnostics problems;
  const std::string line = "deb [signed-by=/usr/share/keyrings/archive.asc] file:/srv/archive fake main\n";
  return {parse_one_line_sources(line, "/etc/apt/sources.list", problems), {}, {}, {}, {}};
}

HostFacts LocalArchive::facts() const {
  HostFacts facts;
  facts.package_facts.architecture = "amd64";
  return facts;
}

void LocalArchive::install(HostFacts& facts, const std::string& name, const std::string& version, bool held) {
  status_ += fmt::format(
      "Package: {}\nStatus: {} ok installed\nInstalled-Size: {}\nMaintainer: Test <test@example.org>\n"
      "Architecture: amd64\nVersion: {}\nDescription: nothing\n\n",
      name, held ? "hold" : "install", name == "fake-driver" ? 100 : 20, version);
  write("/var/lib/dpkg/status", status_);
  InstalledPackage package;
  package.name = name;
  package.version = version;
  package.architecture = "amd64";
  package.state = "installed";
  package.held = held;
  facts.package_facts.packages.push_back(package);
}

void LocalArchive::sign(const std::string& key, const std::string& release_line) {
  run_program({maker(), "--sign", archive(), key, release_line});
}

void LocalArchive::alter(const std::string& file, const std::string& from, const std::string& to) const {
  const std::string before = folder_.read("root/srv/archive/" + file);
  REQUIRE(contains(before, from));
  folder_.write("root/srv/archive/" + file, replace_all(before, from, to));
}

std::vector<std::string> LocalArchive::target_files() const {
  std::vector<std::string> files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(root()))
    if (item.is_regular_file())
      files.push_back(item.path().string() + "\n" + folder_.read(item.path().string().substr(folder_.path().size())));
  std::ranges::sort(files);
  return files;
}

}  // namespace nvprov::test
