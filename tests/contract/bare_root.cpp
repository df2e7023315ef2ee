#include "contract/bare_root.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "catalog/catalog.hpp"
#include "contract/local_archive.hpp"
#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov::test {
namespace {

namespace fs = std::filesystem;

// A folder's files, and this machine's programs in it.
class InRoot final : public Host {
 public:
  explicit InRoot(const std::string& root)
      : root_(root), disk_(make_posix_host(root)), machine_(make_posix_host("/")) {}

  bool is_live() const override { return disk_->is_live(); }
  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    return disk_->read_file(path);
  }
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    return disk_->list_directory(path);
  }
  Result<std::optional<FileInfo>> link_info(const std::string& path) const override { return disk_->link_info(path); }
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override { return disk_->file_info(path); }
  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    return disk_->read_link(path);
  }
  Result<Uname> uname() const override { return disk_->uname(); }
  Result<std::uint32_t> effective_user() const override { return disk_->effective_user(); }
  std::optional<std::string> environment(const std::string& name) const override { return disk_->environment(name); }
  Result<CommandOutput> query(const Command& command) const override { return machine_->run(inside(command), {}); }

  Status write_file(const std::string& path, std::string_view content, std::uint32_t mode) override {
    return disk_->write_file(path, content, mode);
  }
  Status remove_file(const std::string& path) override { return disk_->remove_file(path); }
  Status make_directory(const std::string& path, std::uint32_t mode) override {
    return disk_->make_directory(path, mode);
  }
  Result<CommandOutput> run(const Command& command, const RunOptions& options) override {
    return machine_->run(inside(command), options);
  }
  Result<CommandOutput> run_carried(std::string_view program) override { return disk_->run_carried(program); }
  Result<std::unique_ptr<HostLock>> lock(const std::string& path) override { return disk_->lock(path); }
  Result<std::optional<std::string>> lock_holder(const std::string& path) override { return disk_->lock_holder(path); }

 private:
  Command inside(const Command& command) const {
    std::vector<std::string> argv = {contract_script("in-root"), root_};
    for (const EnvironmentVariable& variable : command.environment)
      argv.push_back(variable.name + "=" + variable.value);
    argv.insert(argv.end(), command.argv.begin(), command.argv.end());
    return {argv, {}};
  }

  std::string root_;
  std::unique_ptr<Host> disk_;
  std::unique_ptr<Host> machine_;
};

}  // namespace

BareRoot::BareRoot() : host_(std::make_unique<InRoot>(path())) {
  for (const char* folder : {"/usr", "/dev", "/proc", "/tmp", "/root", "/etc/apt/apt.conf.d", "/etc/apt/preferences.d",
                             "/etc/apt/sources.list.d", "/var/lib/dpkg", "/var/lib/apt/lists/partial",
                             "/var/cache/apt/archives/partial", "/etc/yum.repos.d", "/var/log"})
    fs::create_directories(path() + folder);
  for (const char* name : {"bin", "sbin", "lib", "lib64"})
    fs::create_symlink("usr/" + std::string(name), path() + "/" + name);
  // awk of /usr/bin leads there, and apt reads armored keys with it.
  fs::copy("/etc/alternatives", path() + "/etc/alternatives",
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  write("/var/lib/dpkg/status", "");
  // There is no user _apt in here.
  write("/etc/apt/apt.conf.d/00user", "APT::Sandbox::User \"root\";\n");
  write("/etc/os-release", "ID=rocky\nVERSION_ID=\"9.6\"\nPLATFORM_ID=\"platform:el9\"\n");
  // As distributions ship it.
  write("/etc/dnf/dnf.conf",
        "[main]\ngpgcheck=True\nbest=True\nskip_if_unavailable=True\nmodule_platform_id=platform:el9\n");
}

void BareRoot::spoil(const std::string& path) const {
  std::string content = read(path);
  REQUIRE(!content.empty());
  content[content.size() / 2] ^= 1;
  write(path, content);
}

void BareRoot::copy(const std::string& from, const std::string& to) const {
  const fs::path place = path() + to;
  fs::create_directories(place.parent_path());
  fs::copy(from, place, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

CommandOutput BareRoot::run(const std::vector<std::string>& argv, const std::vector<EnvironmentVariable>& environment) {
  const auto output = host_->run({argv, environment}, {});
  REQUIRE(output);
  return *output;
}

std::string BareRoot::run_well(const std::vector<std::string>& argv) {
  const CommandOutput output = run(argv);
  INFO(argv.front() << ": " << said(output));
  REQUIRE(output.exit_status == 0);
  return said(output);
}

std::string said(const CommandOutput& output) { return output.out + output.err; }

void add_world(const BareRoot& root, const std::string& maker, const std::string& name) {
  static std::map<std::string, std::unique_ptr<TempFolder>> made;
  std::unique_ptr<TempFolder>& folder = made[maker];
  if (!folder) {
    folder = std::make_unique<TempFolder>();
    run_program({contract_script(maker), folder->path() + "/archive"});
  }
  root.copy(folder->path() + "/archive", "/srv/" + name);
}

void add_archive(const BareRoot& root, const std::string& maker, const std::string& name) {
  add_world(root, maker, name);
  fs::permissions(root.path() + "/srv/" + name + "/gnupg", fs::perms::owner_all);
}

void sign_archive(const BareRoot& root, const std::string& maker, const std::string& name, const std::string& key) {
  run_program({contract_script(maker), "--sign", root.path() + "/srv/" + name, key});
}

std::string test_file(const std::string& name) {
  std::ifstream file(std::string(NVPROV_SOURCE_DIR) + "/tests/" + name, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

SigningKey catalog_key(const std::string& id) {
  const Catalog& catalog = whole_catalog();
  const SigningKey* key = find_key(catalog, id);
  REQUIRE(key != nullptr);
  return *key;
}

}  // namespace nvprov::test
