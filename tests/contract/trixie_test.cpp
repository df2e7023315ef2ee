#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "contract/local_archive.hpp"
#include "contract/toolkit.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

// What apt 3 and sqv do in a bare root of Debian 13, which `run` has made.
namespace nvprov {
namespace {

using test::said;

std::string trixie_root() { return std::getenv("NVPROV_CONTRACT_ROOT"); }
std::string server_file(const std::string& name) { return std::getenv("NVPROV_REPO_FOLDER") + ("/" + name); }

// The test archive in the root, anew, signed by a key of its own.
std::unique_ptr<Host> with_archive(const std::string& key) {
  std::filesystem::remove_all(trixie_root() + "/srv/archive");
  test::run_program({test::contract_script("make-archive"), trixie_root() + "/srv/archive"});
  test::run_program({test::contract_script("make-archive"), "--sign", trixie_root() + "/srv/archive", key});
  return make_posix_host(trixie_root());
}

void use_line(Host& host, const std::string& line) {
  for (const auto& file : std::filesystem::directory_iterator(trixie_root() + "/etc/apt/sources.list.d"))
    std::filesystem::remove(file.path());
  REQUIRE(host.write_file("/etc/apt/sources.list", line, 0644));
}

CommandOutput run(Host& host, const std::vector<std::string>& argv) {
  const auto output = host.run({argv, {}}, {});
  REQUIRE(output);
  return *output;
}

// Whether Debian 13's verifier, with the rules apt gives it, takes the archive's signature on this day.
bool sqv_accepts(Host& host, const std::string& key_file, const std::string& day) {
  std::filesystem::remove(trixie_root() + "/tmp/text");
  const auto output = host.run({{"sqv", "--keyring", key_file, "--policy-as-of", day, "--cleartext", "--output",
                                 "/tmp/text", "/srv/archive/dists/fake/InRelease"},
                                {{"SEQUOIA_CRYPTO_POLICY", "/usr/share/apt/default-sequoia.config"}}},
                               {});
  REQUIRE(output);
  return output->exit_status == 0;
}

}  // namespace

TEST_CASE("Debian 13 refuses a key bound by SHA-1 since February 2026, and the catalog knows it", "[trixie]") {
  const auto host = with_archive("sha1");
  CHECK(sqv_accepts(*host, "/srv/archive/sha1.asc", "2026-01-31T00:00:00Z"));
  CHECK(!sqv_accepts(*host, "/srv/archive/sha1.asc", "2026-02-02T00:00:00Z"));
  use_line(*host, "deb [signed-by=/srv/archive/sha1.asc] file:/srv/archive fake main\n");
  const CommandOutput refused = run(*host, update_argv());
  CHECK(refused.exit_status == 100);
  CHECK(classify_update_failure(said(refused)).failure == UpdateFailure::not_trusted);

  const Catalog& catalog = whole_catalog();
  CHECK(find_distro(catalog, "debian-13")->refuses_sha1_keys_from == "2026-02-01");
  for (const PackageSource& source : find_distro(catalog, "debian-13")->package_sources)
    for (const Repository& repository : source.repositories)
      for (const std::string& key : repository.keys) CHECK(find_key(catalog, key)->binding_digest != "SHA1");
}

TEST_CASE("Debian 13 accepts what NVIDIA signed with the key nvprov carries, and nothing else", "[trixie]") {
  const auto host = make_posix_host(trixie_root());
  const std::string recorded = std::string(NVPROV_SOURCE_DIR) + "/tests/recorded/container-toolkit/deb";
  const auto copied = std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy(recorded, trixie_root() + "/srv/toolkit", copied);
  use_line(*host, "");
  std::vector<RepositoryEntry> entries(1);
  entries[0].format = "deb822";  // as Debian 13 has its own
  const SourceSetup setup = test::toolkit_setup(*host, entries);
  for (const ImportKey& key : setup.keys) REQUIRE(host->write_file(key.path, key.content, 0644));
  for (const AddRepository& file : setup.repositories) REQUIRE(host->write_file(file.path, file.content, 0644));
  const CommandOutput updated = run(*host, update_argv());
  INFO(said(updated));
  CHECK(updated.exit_status == 0);
  CHECK(contains(run(*host, {"apt-cache", "policy", "nvidia-container-toolkit"}).out, "1.14.1-1"));

  const std::string release = host->read_file("/srv/toolkit/InRelease").value().value();
  REQUIRE(host->write_file("/srv/toolkit/InRelease", replace_all(release, "2018", "2019"), 0644));
  CHECK(classify_update_failure(said(run(*host, update_argv()))).failure == UpdateFailure::not_trusted);
}

TEST_CASE("apt 3 refuses a server that ends a TLS answer by closing, as HTTP/1.0 does", "[trixie]") {
  const auto host = with_archive("archive");
  const auto machine = make_posix_host("/");
  REQUIRE(host->write_file("/srv/ca.pem", machine->read_file(server_file("ca.pem")).value().value(), 0644));
  REQUIRE(host->write_file("/etc/apt/apt.conf.d/10test",
                           "Acquire::https::CaInfo \"/srv/ca.pem\";\nAcquire::Retries \"0\";\n", 0644));
  const std::string port(trim(machine->read_file(server_file("repo_port")).value().value()));
  use_line(*host, "deb [signed-by=/srv/archive/key.asc] https://127.0.0.1:" + port + "/archive fake main\n");
  const auto update_from = [&](const std::string& mode) {
    REQUIRE(machine->write_file(server_file("repo_mode"), mode + "\n", 0644));
    return run(*host, update_argv());
  };
  const CommandOutput refused = update_from("old-http");
  CHECK(refused.exit_status == 100);
  CHECK(contains(said(refused), "unexpected eof"));
  CHECK(classify_update_failure(said(refused)).failure == UpdateFailure::unreachable);
  CHECK(update_from("good").exit_status == 0);
}

}  // namespace nvprov
