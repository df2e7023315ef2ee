#include "model/bundle.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "bundle/bundle_web.hpp"
#include "bundle/unpack_bundle.hpp"
#include "bundle/write_bundle.hpp"
#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/ed25519_keys.hpp"
#include "support/tar_file.hpp"
#include "support/temp_folder.hpp"

namespace nvprov {
namespace {

using test::TarFile;
using test::TempFolder;

const std::string package_bytes = "the bytes of a package";
constexpr const char* package_path = "mirror/https/example.org/pool/gpu-tool_7_amd64.deb";
constexpr const char* release_path = "mirror/https/example.org/dists/stable/InRelease";

std::string lock_text() {
  Lockfile lock;
  lock.distro = "debian-12";
  lock.architecture = "x86_64";
  lock.packages = {{.name = "gpu-tool",
                    .version = "7",
                    .architecture = "amd64",
                    .origin = {},
                    .repository = "https://example.org/",
                    .path = "pool/gpu-tool_7_amd64.deb",
                    .digest = lock_digest(package_bytes)}};
  return format_json(lockfile_to_json(lock));
}

std::vector<BundlePart> sample_parts(const TempFolder& folder) {
  return {{.path = bundle_plan_path, .role = BundleRole::plan, .text = "{}\n"},
          {.path = bundle_lock_path, .role = BundleRole::lock, .text = lock_text()},
          {.path = bundle_program_path,
           .role = BundleRole::program,
           .mode = 0755,
           .text = "\x7f"
                   "ELF"},
          {.path = release_path,
           .role = BundleRole::metadata,
           .url = "https://example.org/dists/stable/InRelease",
           .text = "a signed index"},
          {.path = package_path,
           .role = BundleRole::package,
           .url = "https://example.org/pool/gpu-tool_7_amd64.deb",
           .file = folder.write("package", package_bytes)}};
}

Bundle sample_header() {
  return {.tool_version = "1",
          .created_at = "2026-11-27T00:00:00Z",
          .distro = "debian-12",
          .architecture = "x86_64",
          .package_manager = "apt",
          .mirrors = {},
          .left_out = {},
          .members = {}};
}

// A bundle in a folder of its own.
struct SampleBundle {
  TempFolder folder;
  std::string path = folder.at("bundle.tar.zst");
  Bundle bundle;

  explicit SampleBundle(const std::optional<std::string>& key = std::nullopt) {
    const auto written = write_bundle(path, sample_header(), sample_parts(folder), key, 1700000000);
    REQUIRE(written);
    bundle = written->bundle;
  }
};

// The files of the sample as a tar archive of our own making, in which anything can be changed.
struct HandMade {
  struct Entry {
    std::string name;
    std::string content;
  };
  std::vector<Entry> entries;

  HandMade() {
    const TempFolder folder;
    Bundle bundle = sample_header();
    for (const BundlePart& part : sample_parts(folder)) {
      const std::string content = part.file.empty() ? part.text : package_bytes;
      bundle.members.push_back({.path = part.path,
                                .role = part.role,
                                .size = content.size(),
                                .mode = part.mode,
                                .digest = lock_digest(content),
                                .url = part.url});
      entries.push_back({part.path, content});
    }
    entries.insert(entries.begin(), {bundle_manifest_path, format_json(bundle_to_json(bundle))});
  }

  TarFile tar() const {
    TarFile made;
    for (const Entry& entry : entries) made.file(entry.name, entry.content);
    return made;
  }
};

// The faults of an archive, as lines; what keeps it from being looked at at all where it is no bundle.
std::vector<std::string> faults_in(const std::string& bytes, const std::optional<std::string>& key = std::nullopt) {
  const TempFolder folder;
  const auto checked = check_bundle(folder.write("b.tar", bytes), key);
  if (!checked) return {checked.error().message};
  return fault_lines(checked->faults);
}

// Nothing but what was there before is in the folder afterwards, nor beside it.
std::size_t unpacked_files(const std::string& bytes) {
  const TempFolder folder;
  const std::string path = folder.write("b.tar", bytes);
  const auto unpacked = unpack_bundle(path, std::nullopt, folder.path() + "/out/in", [](BundleRole) { return true; });
  CHECK(!unpacked);
  CHECK(unpacked.error().kind == ErrorKind::not_trusted);
  std::size_t count = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!item.is_regular_file() && !item.is_symlink()) continue;
    if (item.path() == path) continue;
    CHECK(item.path().string().starts_with(folder.path() + "/out/in/"));
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("a bundle is read as it was written") {
  const SampleBundle sample;
  const auto checked = check_bundle(sample.path, std::nullopt);
  REQUIRE(checked);
  CHECK(checked->faults.empty());
  CHECK(!checked->is_signed);
  CHECK(checked->bundle == sample.bundle);
  CHECK(checked->bundle.members.size() == 5);
  CHECK(std::ranges::is_sorted(checked->bundle.members, {}, &BundleMember::path));
}

TEST_CASE("the same files give the same bundle, byte for byte") {
  const SampleBundle one;
  const SampleBundle other;
  CHECK(one.folder.read("bundle.tar.zst") == other.folder.read("bundle.tar.zst"));
}

TEST_CASE("a bundle is unpacked with modes, and only what is wanted of it") {
  const SampleBundle sample;
  const std::string folder = sample.folder.path() + "/out";
  const auto unpacked =
      unpack_bundle(sample.path, std::nullopt, folder, [](BundleRole role) { return role != BundleRole::plan; });
  REQUIRE(unpacked);
  CHECK(unpacked->lock.packages.size() == 1);
  CHECK(sample.folder.read(std::string("out/") + package_path) == package_bytes);
  CHECK(!std::filesystem::exists(folder + "/plan.json"));
  CHECK((std::filesystem::status(folder + "/nvprov").permissions() & std::filesystem::perms::all) ==
        static_cast<std::filesystem::perms>(0755));
}

TEST_CASE("one bit of any member is noticed and named") {
  const HandMade good;
  REQUIRE(faults_in(good.tar().text()).empty());
  for (std::size_t i = 1; i < good.entries.size(); ++i) {
    HandMade bad = good;
    std::string& content = bad.entries[i].content;
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    const auto faults = faults_in(bad.tar().text());
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().starts_with(bad.entries[i].name + ": its checksum is "));
  }
}

TEST_CASE("a member of another size, missing, there twice or not named is a fault of its own") {
  HandMade longer;
  longer.entries.back().content += "x";
  CHECK(contains(faults_in(longer.tar().text()).at(0), "it has 23 bytes in place of 22"));
  HandMade missing;
  missing.entries.pop_back();
  CHECK(faults_in(missing.tar().text()) == std::vector<std::string>{std::string(package_path) + ": it is missing"});
  HandMade twice;
  twice.entries.push_back(twice.entries.back());
  CHECK(faults_in(twice.tar().text()) == std::vector<std::string>{std::string(package_path) + ": it is there twice"});
  HandMade more;
  more.entries.push_back({"etc/extra", "x"});
  CHECK(faults_in(more.tar().text()) == std::vector<std::string>{"etc/extra: the manifest does not name it"});
}

TEST_CASE("nothing of a bundle is unpacked outside of its folder, nor as anything but a file") {
  for (const char* name : {"../evil", "/evil", "mirror/../../evil"}) {
    HandMade outside;
    outside.entries.push_back({name, "x"});
    CHECK(faults_in(outside.tar().text()) ==
          std::vector<std::string>{std::string(name) + ": the manifest does not name it"});
    unpacked_files(outside.tar().text());
  }
  HandMade good;
  good.entries.pop_back();
  TarFile link = good.tar();
  link.link(package_path, "/etc/passwd");
  CHECK(faults_in(link.text()) == std::vector<std::string>{std::string(package_path) + ": it is no regular file"});
  CHECK(unpacked_files(link.text()) == 3);
  TarFile hard = good.tar();
  hard.hard_link(package_path, "plan.json");
  CHECK(faults_in(hard.text()).size() == 1);
  // A folder on the way that is a link.
  TarFile folder;
  folder.file(good.entries[0].name, good.entries[0].content).link("mirror", "/tmp");
  for (std::size_t i = 1; i < good.entries.size(); ++i) folder.file(good.entries[i].name, good.entries[i].content);
  CHECK(faults_in(folder.text()).front() == "mirror: the manifest does not name it");
}

TEST_CASE("a bundle that is cut off, or none at all, is refused") {
  const std::string whole = HandMade().tar().text();
  CHECK(contains(faults_in("").front(), "is no tar archive"));
  CHECK(contains(faults_in("no archive").front(), "is no tar archive"));
  CHECK(contains(faults_in(TarFile().file("a", "x").text()).front(), "is no bundle"));
  CHECK(contains(faults_in(TarFile().file(bundle_manifest_path, "{}").text()).front(), "is no bundle"));
  CHECK(!faults_in(whole.substr(0, whole.size() - 1024 - 512)).empty());
  // One that promises more than there is.
  CHECK(!faults_in(TarFile().promised(bundle_manifest_path, 1 << 30).unfinished()).empty());
}

TEST_CASE("a manifest that leads out of the folder, or names a file below a file, is refused") {
  const auto refused = [](const std::string& path) {
    Bundle bundle = sample_header();
    bundle.members = {{.path = "a", .digest = "sha256:0"}, {.path = path, .digest = "sha256:0"}};
    return !bundle_from_json(format_json(bundle_to_json(bundle)), "bundle.json");
  };
  for (const char* path : {"../x", "/x", "x/../y", "a", "a/b", "bundle.json", "bundle.json.sig"}) CHECK(refused(path));
  CHECK(!refused("b"));
}

TEST_CASE("a package of the lock that is not in the bundle is named, unless it was left out") {
  HandMade without;
  Bundle bundle = *bundle_from_json(without.entries[0].content, "bundle.json");
  std::erase_if(bundle.members, [](const BundleMember& member) { return member.role == BundleRole::package; });
  without.entries.pop_back();
  without.entries[0].content = format_json(bundle_to_json(bundle));
  CHECK(faults_in(without.tar().text()) ==
        std::vector<std::string>{"nvprov.lock: the package gpu-tool 7 of it is not in the bundle"});
  bundle.left_out = {"gpu-tool"};
  without.entries[0].content = format_json(bundle_to_json(bundle));
  CHECK(faults_in(without.tar().text()).empty());
}

TEST_CASE("a signed bundle holds for its key, another and none are told") {
  const SampleBundle sample(test::ed25519_private);
  const auto good = check_bundle(sample.path, test::ed25519_public);
  REQUIRE(good);
  CHECK(good->faults.empty());
  CHECK(good->is_signed);
  CHECK(check_bundle(sample.path, std::nullopt)->is_signed);
  const auto other = check_bundle(sample.path, test::another_ed25519_public);
  REQUIRE(!other);
  CHECK(other.error().kind == ErrorKind::not_trusted);
  CHECK(check_bundle(SampleBundle().path, test::ed25519_public).error().message == "the bundle is not signed");
  // With another manifest under the same signature.
  HandMade changed;
  changed.entries.insert(changed.entries.begin() + 1, {bundle_signature_path, std::string(64, 's')});
  CHECK(contains(faults_in(changed.tar().text(), test::ed25519_public).front(), "not signed with the key"));
}

TEST_CASE("a bundle that cannot be written leaves nothing") {
  const TempFolder folder;
  std::vector<BundlePart> parts = sample_parts(folder);
  parts.back().file = folder.path() + "/gone";
  CHECK(!write_bundle(folder.at("b.tar.zst"), sample_header(), parts, std::nullopt, 0));
  CHECK(!write_bundle(folder.path() + "/no/b.tar.zst", sample_header(), sample_parts(folder), std::nullopt, 0));
  std::size_t left = 0;
  for (const auto& item : std::filesystem::directory_iterator(folder.path()))
    left += item.path().filename() != "package";
  CHECK(left == 0);
}

TEST_CASE("a bundle stands in for the addresses it holds and for no others") {
  const SampleBundle sample;
  const std::string folder = sample.folder.path() + "/out";
  REQUIRE(unpack_bundle(sample.path, std::nullopt, folder, [](BundleRole) { return true; }));
  const BundleWeb web(sample.bundle, folder);
  CHECK(web.holds("https://user:secret@example.org/dists/stable/InRelease"));
  CHECK(!web.holds("https://example.org/dists/stable/Release"));
  const auto downloader = make_bundle_downloader(web);
  const auto results = downloader->fetch(
      {{.url = "https://example.org/dists/stable/InRelease",
        .destination = sample.folder.at("fetched"),
        .max_bytes = 100},
       {.url = "https://example.org/dists/stable/Release", .destination = sample.folder.at("other"), .max_bytes = 100}},
      {});
  CHECK(results.at(0));
  CHECK(sample.folder.read("fetched") == "a signed index");
  REQUIRE(!results.at(1));
  CHECK(results.at(1).error().problem == DownloadProblem::not_there);
  const auto machine = make_posix_host("/");
  const auto client = make_bundle_http_client(*machine, web);
  CHECK(client->get({.url = "https://example.org/dists/stable/InRelease", .max_bytes = 100}) == "a signed index");
  CHECK(!client->get({.url = "https://example.org/key", .max_bytes = 100}));
}

}  // namespace nvprov
