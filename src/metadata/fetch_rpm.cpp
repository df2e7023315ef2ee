#include "metadata/fetch_rpm.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/file_digest.hpp"
#include "host/private_folder.hpp"
#include "metadata/signature.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

constexpr std::uint64_t largest_repomd = 16UL * 1024 * 1024;
constexpr std::uint64_t largest_list = 4UL * 1024 * 1024;
constexpr std::uint64_t largest_rpm_key = 1024UL * 1024;
constexpr std::uint64_t largest_rpm_index = 2048UL * 1024 * 1024;

struct RpmFile {
  RepomdItem item;
  std::string path;
  bool is_here = false;
};

struct RpmWork {
  const RpmRepository& repository;
  std::string folder;
  std::vector<std::string> bases = {};
  std::vector<FileDigest> expected = {};  // a metalink's; empty: any
  std::size_t base = 0;
  bool has_mirrors = false;  // else what is kept stands for them
  bool force = false;
  bool is_settled = false;
  bool is_left_out = false;  // skip_if_unavailable
  std::string text = {};
  Repomd repomd = {};
  std::optional<Repomd> kept = {};
  std::string kept_text = {};
  std::string kept_base = {};
  std::vector<RpmFile> parts = {};
  std::optional<DownloadFailure> stale = {};

  std::string shown() const {
    const std::string& url = bases.empty() ? repository.id : bases[base];
    return mask_credentials(url);
  }
  std::string url(const std::string& path) const { return bases[base] + path; }
  std::string place(const char* name) const { return fmt::format("{}/{}", folder, name); }
};

std::vector<std::string> wanted_types(const FetchOptions& options) {
  if (options.whole) return {"primary", "modules", "filelists", "updateinfo", "group", "group_gz"};
  std::vector<std::string> types = {"primary", "modules"};
  if (options.filelists) types.emplace_back("filelists");
  return types;
}

// "repodata/abc-primary.xml.zst" ends in ".xml.zst".
std::string ending_of(const std::string& location) {
  const std::string name = location.substr(location.rfind('/') + 1);
  const std::size_t dot = name.find('.');
  return dot == std::string::npos ? std::string() : name.substr(dot);
}

class RpmFetch {
 public:
  RpmFetch(const FetchTools& tools, const std::vector<PlannedCopy>& copies, const std::string& copies_folder,
           FetchedMetadata& fetched)
      : tools_(tools), copies_(copies), copies_folder_(copies_folder), fetched_(fetched) {}

  Status run(const std::vector<RpmRepository>& repositories) {
    for (const RpmRepository& repository : repositories)
      if (const Status opened = open(repository); !opened) return opened;
    for (int i = 1;; ++i) {
      if (const Status found = find_mirrors(); !found) return found;
      if (const Status done = fetch_repomd(); !done) return done;
      for (RpmWork& work : works_)
        if (const Status listed = list_parts(work); !listed) return listed;
      if (const Status done = fetch_parts(); !done) return done;
      const auto stale = std::ranges::find_if(works_, [](const RpmWork& work) { return work.stale.has_value(); });
      if (stale == works_.end()) break;
      if (i == stale_tries || tools_.options.offline)
        return fail(stale_error(stale->bases[stale->base], *stale->stale));
      start_anew();
      pause_before_retry(tools_);
    }
    return finish();
  }

  std::vector<std::string> signed_files() const {
    std::vector<std::string> lines;
    for (const RpmWork& work : works_)
      if (!work.is_left_out) lines.push_back(fmt::format("{}  {}\n", sha256_hex(work.text), work.repository.id));
    return lines;
  }

 private:
  // --- what is kept ---

  std::string folder_of(const RpmRepository& each) const {
    std::string identity = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", each.id, join(each.bases, " "), each.mirrorlist,
                                       each.metalink, each.metadata_signed, join(each.keys, " "));
    for (const std::string& key : each.keys)
      if (const auto content = local_key(key)) identity += sha256_hex(*content) + "\n";
    return fmt::format("{}/rpm-{}", tools_.folder, sha256_hex(identity).substr(0, 16));
  }

  Status open(const RpmRepository& repository) {
    RpmWork work{.repository = repository, .folder = folder_of(repository)};
    if (const Status made = make_cache_folder(tools_.machine, work.folder); !made) return made;
    const auto stamp = read_stamp(tools_.machine, work.place("fetched"));
    read_kept(work);
    if (tools_.options.offline && (!stamp || !work.kept))
      return fail(fmt::format("nothing of the repository {} was fetched before", repository.id));
    work.is_settled = stamp && work.kept && (tools_.options.offline || is_fresh(*stamp, tools_.now));
    fetched_at_.push_back(work.is_settled ? *stamp : tools_.now);
    if (work.is_settled) {
      use_kept(work);
      work.bases = {work.kept_base};
    }
    works_.push_back(std::move(work));
    return {};
  }

  void read_kept(RpmWork& work) const {
    const auto text = tools_.machine.read_file(work.place("repomd.xml"));
    const auto base = tools_.machine.read_file(work.place("base"));
    if (!text || !*text || !base || !*base) return;
    const SignedFile what{work.place("repomd.xml"), work.place("repomd.xml.asc"), work.place("repomd.xml")};
    if (work.repository.metadata_signed) {
      const auto keys = kept_keys(work);
      if (!keys || !check_signature(tools_.machine, what, *keys, work.folder)) return;
    }
    const auto repomd = parse_repomd(**text);
    if (!repomd) return;
    work.kept = *repomd;
    work.kept_text = **text;
    work.kept_base = std::string(trim(**base));
  }

  static void use_kept(RpmWork& work) {
    work.is_settled = true;
    work.text = work.kept_text;
    work.repomd = *work.kept;
  }

  // --- keys ---

  std::string key_place(const RpmWork& work, std::size_t index) const {
    return fmt::format("{}/key-{}", work.folder, index);
  }

  // A key that is a file: one the plan would add, or the target's.
  std::optional<std::string> local_key(std::string key) const {
    if (key.starts_with("file://")) key = key.substr(7);
    for (const PlannedCopy& copy : copies_)
      if (key == copies_folder_ + "/" + copy.name) return copy.content;
    return key.starts_with('/') ? files_with_keys(tools_.target).read(key) : std::nullopt;
  }

  Result<TrustedKeys> kept_keys(const RpmWork& work) const {
    TrustedKeys keys{.keyrings = {}, .fingerprints = {}, .place = join(work.repository.keys, ", ")};
    for (std::size_t i = 0; i < work.repository.keys.size(); ++i) {
      const std::string& key = work.repository.keys[i];
      std::optional<std::string> content = local_key(key);
      if (!content && key.starts_with("https://")) {
        const auto fetched = tools_.machine.read_file(key_place(work, i));
        if (fetched) content = *fetched;
      }
      if (!content)
        return fail(
            ErrorKind::not_trusted,
            fmt::format("the key {} of the repository {} is not there", mask_credentials(key), work.repository.id), {},
            {"no signature can be checked without it; put it back, or remove the entry"});
      keys.keyrings.push_back(std::move(*content));
    }
    return keys;
  }

  static Error unvouched_key(const RpmWork& work, const std::string& key) {
    return Error{.kind = ErrorKind::not_trusted,
                 .message = fmt::format("nothing in this copy vouches for the key {} of the repository {}",
                                        mask_credentials(key), work.repository.id),
                 .because = {"it is fetched from its address, and over the network https alone speaks for it"},
                 .hints = {},
                 .context = {}};
  }

  // dnf fetches and takes in what the entry names by https; by http anybody on the way could put in his own.
  Status fetch_key_files(const RpmWork& work) const {
    std::vector<Download> files;
    for (std::size_t i = 0; i < work.repository.keys.size(); ++i) {
      const std::string& key = work.repository.keys[i];
      if (!key.starts_with("https://")) continue;
      if (tools_.options.only_signed) return fail(unvouched_key(work, key));
      Download file = download(work, key, key_place(work, i), largest_rpm_key);
      file.access.allow_http = false;
      files.push_back(std::move(file));
    }
    for (const DownloadResult& result : tools_.downloader.fetch(files, tools_.options.watch))
      if (!result) return fail(result.error().error.in(fmt::format("reading the keys of {}", work.repository.id)));
    return {};
  }

  Result<TrustedKeys> fetch_keys(const RpmWork& work) const {
    if (const Status fetched = fetch_key_files(work); !fetched) return fail(fetched.error());
    return kept_keys(work);
  }

  // --- mirrors ---

  Download download(const RpmWork& work, const std::string& url, const std::string& destination,
                    std::uint64_t limit) const {
    Download file{.url = url, .destination = destination, .max_bytes = limit, .past_caches = work.force};
    file.access = work.repository.access;
    file.access.allow_http = true;  // as the entry says: what is fetched is trusted as dnf trusts it, and told so
    file.access.allow_file = true;
    for (std::optional<std::string>* path :
         {&file.access.ca_file, &file.access.client_certificate, &file.access.client_key})
      if (*path) *path = placed(**path);
    if (tools_.network.proxy && !work.repository.access.proxy) file.access.proxy = tools_.network.proxy;
    for (const HostCertificates& each : host_certificates(tools_.network))
      if (each.host.empty() || each.host == host_of(url)) file.access.ca_file = each.ca_file;
    return file;
  }

  std::string placed(const std::string& path) const {
    for (const PlannedCopy& copy : copies_) {
      if (path != copies_folder_ + "/" + copy.name) continue;
      const std::string place = fmt::format("{}/certificates-{}.pem", tools_.folder, copy.name);
      if (write_if_changed(tools_.machine, place, copy.content, 0644)) return place;
    }
    return tools_.target.place(path).value_or(path);
  }

  // baseurl, else the addresses of a metalink, else those of a mirrorlist.
  Status find_mirrors() {
    std::vector<Download> files;
    std::vector<RpmWork*> found;
    std::vector<RpmWork*> asked;
    for (RpmWork& work : works_) {
      if (work.is_settled || work.has_mirrors) continue;
      work.has_mirrors = true;
      found.push_back(&work);
      work.bases = work.repository.bases;
      const std::vector<std::string> addresses = addresses_to_ask(work.repository);
      if (!work.bases.empty() || addresses.empty()) continue;
      const auto place = inside_target(addresses.front());
      if (!place) return fail(place.error().in(fmt::format("finding a mirror of {}", work.repository.id)));
      files.push_back(download(work, *place, work.place("incoming.mirrors"), largest_list));
      asked.push_back(&work);
    }
    const std::vector<DownloadResult> results = tools_.downloader.fetch(files, tools_.options.watch);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Status taken = results[i] ? take_mirrors(*asked[i]) : give_up(*asked[i], results[i].error().error);
      if (!taken) return fail(taken.error().in(fmt::format("finding a mirror of {}", asked[i]->repository.id)));
    }
    for (RpmWork* work : found) {
      if (work->bases.empty() && !work->is_left_out)
        if (const Status left = give_up(*work, no_address(*work)); !left) return left;
      if (const Status placed = place_bases(*work); !placed)
        return fail(placed.error().in(fmt::format("finding a mirror of {}", work->repository.id)));
    }
    return {};
  }

  static Error no_address(const RpmWork& work) {
    return Error{.kind = ErrorKind::failed,
                 .message = fmt::format("the repository {} has no address that can be asked", work.repository.id),
                 .because = {},
                 .hints = {},
                 .context = {}};
  }

  // "file:///srv/packages" names a folder of the target, and never what has the same path here.
  Result<std::string> inside_target(const std::string& address) const {
    if (!address.starts_with("file:")) return address;
    std::string_view path = std::string_view(address).substr(5);
    while (path.starts_with("//")) path.remove_prefix(1);
    const auto place = tools_.target.place(std::string(path));
    if (!place) return fail(place.error());
    return "file:" + *place;
  }

  Status place_bases(RpmWork& work) const {
    for (std::string& base : work.bases) {
      const auto place = inside_target(base);
      if (!place) return fail(place.error());
      base = *place + (place->ends_with('/') ? "" : "/");
    }
    return {};
  }

  Status take_mirrors(RpmWork& work) {
    const auto text = read_whole(tools_.machine, work.place("incoming.mirrors"));
    if (!text) return fail(text.error());
    if (work.repository.metalink.empty() && !trim(*text).starts_with("<?xml")) {
      work.bases = parse_rpm_mirror_list(*text);
      return {};
    }
    auto metalink = parse_metalink(*text);
    if (!metalink) return give_up(work, metalink.error());
    work.bases = std::move(metalink->bases);
    work.expected = std::move(metalink->digests);
    return {};
  }

  // dnf goes on without a repository whose entry allows it; what is not trusted stops everything.
  Status give_up(RpmWork& work, Error error) {
    if (!work.repository.skip_if_unavailable || error.kind == ErrorKind::not_trusted) return fail(std::move(error));
    work.is_left_out = true;
    work.is_settled = true;
    fetched_.warnings.push_back({work.repository.id, fmt::format("it is left out: {}", error.message)});
    return {};
  }

  // --- repomd.xml ---

  Status fetch_repomd() {
    for (;;) {
      std::vector<Download> files;
      std::vector<RpmWork*> asked;
      for (RpmWork& work : works_) {
        if (work.is_settled) continue;
        if (const Status removed = tools_.machine.remove_file(work.place("fetched")); !removed) return removed;
        Download file = download(work, work.url("repodata/repomd.xml"), work.place("incoming.repomd"), largest_repomd);
        if (work.kept && !work.force) file.known = work.place("repomd.xml");
        files.push_back(std::move(file));
        if (work.repository.metadata_signed)
          files.push_back(
              download(work, work.url("repodata/repomd.xml.asc"), work.place("incoming.asc"), largest_list));
        asked.push_back(&work);
      }
      if (asked.empty()) return {};
      const std::vector<DownloadResult> results = tools_.downloader.fetch(files, tools_.options.watch);
      std::size_t at = 0;
      for (RpmWork* work : asked) {
        const DownloadResult& repomd = results[at++];
        const DownloadResult* signature = work->repository.metadata_signed ? &results[at++] : nullptr;
        if (const Status taken = take_repomd(*work, repomd, signature); !taken)
          return fail(taken.error().in(fmt::format("reading the repository {}", work->repository.id)));
      }
    }
  }

  Status go_on(RpmWork& work, Error error) {
    if (work.base + 1 == work.bases.size()) return give_up(work, std::move(error));
    ++work.base;
    return {};
  }

  Status take_repomd(RpmWork& work, const DownloadResult& result, const DownloadResult* signature) {
    if (!result) return go_on(work, result.error().error);
    const std::string address = mask_credentials(work.url("repodata/repomd.xml"));
    if (result->unchanged) {
      if (!is_expected(work, work.kept_text)) return go_on(work, unexpected(address));
      use_kept(work);
      return {};
    }
    const auto text = read_whole(tools_.machine, work.place("incoming.repomd"));
    if (!text) return fail(text.error());
    if (!is_expected(work, *text)) return go_on(work, unexpected(address));
    if (signature != nullptr)
      if (const Status good = check_signed(work, *signature, address); !good) return good;
    if (tools_.options.whole && work.repository.packages_signed)
      if (const Status keys = fetch_key_files(work); !keys) return keys;
    return accept(work, *text, address);
  }

  static Error unexpected(const std::string& address) {
    return Error{.kind = ErrorKind::failed,
                 .message = fmt::format("{} is not the one its metalink names", address),
                 .because = {},
                 .hints = {"the mirror is being updated or has fallen back; try again later"},
                 .context = {}};
  }

  static bool is_expected(const RpmWork& work, const std::string& text) {
    if (work.expected.empty()) return true;
    return std::ranges::any_of(work.expected, [&](const FileDigest& digest) {
      DigestStream stream(digest.kind);
      stream.add(text);
      return stream.finish() == digest.hex;
    });
  }

  Status check_signed(const RpmWork& work, const DownloadResult& signature, const std::string& address) {
    const bool is_missing = !signature && signature.error().problem == DownloadProblem::not_there;
    if (is_missing)
      return fail(ErrorKind::not_trusted, fmt::format("{} is not signed", address),
                  {"its entry asks for a signature (repo_gpgcheck=1)", signature.error().error.message},
                  {"look at the entry before anything else; nothing of it is used"});
    if (!signature) return fail(signature.error().error);
    const auto keys = fetch_keys(work);
    if (!keys) return fail(keys.error());
    return check_signature(tools_.machine, {work.place("incoming.repomd"), work.place("incoming.asc"), address}, *keys,
                           work.folder);
  }

  Status accept(RpmWork& work, const std::string& text, const std::string& address) {
    auto repomd = parse_repomd(text);
    if (!repomd) return fail(repomd.error().in(fmt::format("reading {}", address)));
    if (find_item(*repomd, "primary") == nullptr) return fail(fmt::format("{} names no index of packages", address));
    if (work.kept) {
      const auto warning = compare_with_kept(*repomd, *work.kept, work.repository.metadata_signed, address);
      if (!warning) return fail(warning.error());
      if (*warning) fetched_.warnings.push_back({work.repository.id, **warning});
    }
    work.repomd = std::move(*repomd);
    work.text = text;
    work.is_settled = true;
    return keep(work);
  }

  Status keep(const RpmWork& work) const {
    Host& machine = tools_.machine;
    if (const Status done = machine.remove_file(validators_path(work.place("repomd.xml"))); !done) return done;
    if (work.repository.metadata_signed) {
      const auto signature = read_whole(machine, work.place("incoming.asc"));
      if (!signature) return fail(signature.error());
      if (const Status done = machine.write_file(work.place("repomd.xml.asc"), *signature, 0644); !done) return done;
    }
    if (const Status done = machine.write_file(work.place("repomd.xml"), work.text, 0644); !done) return done;
    if (const Status done = machine.write_file(work.place("base"), work.bases[work.base] + "\n", 0600); !done)
      return done;
    return keep_validators_of(machine, work.place("incoming.repomd"), work.place("repomd.xml"));
  }

  // --- indexes ---

  Status list_parts(RpmWork& work) {
    if (work.is_left_out || !work.parts.empty()) return {};
    for (const std::string& type : wanted_types(tools_.options)) {
      const RepomdItem* item = find_item(work.repomd, type);
      if (item == nullptr) continue;
      RpmFile part{*item, fmt::format("{}/{}-{}{}", work.folder, type, item->digest.hex.substr(0, 32),
                                      ending_of(item->location))};
      const auto there = digest_file(part.path, item->digest.kind);
      if (!there) return fail(there.error());
      part.is_here = *there && (*there)->digest == item->digest;
      work.parts.push_back(std::move(part));
    }
    return {};
  }

  static Error not_fetched(const RpmRepository& repository, const RepomdItem& item) {
    const bool is_of_files = item.type == "filelists";
    return Error{.kind = ErrorKind::failed,
                 .message = fmt::format("{} of the repository {} was not fetched before",
                                        is_of_files ? "the list of all files" : "an index", repository.id),
                 .because = is_of_files
                                ? std::vector<std::string>{"only that tells which package has a file that is needed"}
                                : std::vector<std::string>(),
                 .hints = {"ask once without `--offline`"},
                 .context = {}};
  }

  Status fetch_parts() {
    std::vector<Download> files;
    std::vector<std::pair<RpmWork*, RpmFile*>> asked;
    for (RpmWork& work : works_)
      for (RpmFile& part : work.parts) {
        if (part.is_here) continue;
        Download file = download(work, work.url(part.item.location), part.path, largest_rpm_index);
        file.size = part.item.size;
        file.digest = part.item.digest;
        files.push_back(std::move(file));
        asked.emplace_back(&work, &part);
      }
    if (tools_.options.offline && !asked.empty())
      return fail(not_fetched(asked[0].first->repository, asked[0].second->item));
    const std::vector<DownloadResult> results = tools_.downloader.fetch(files, tools_.options.watch);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      asked[i].second->is_here = results[i].has_value();
      if (results[i]) continue;
      const DownloadProblem problem = results[i].error().problem;
      if (problem != DownloadProblem::mismatch && problem != DownloadProblem::not_there)
        return fail(
            results[i].error().error.in(fmt::format("reading the repository {}", asked[i].first->repository.id)));
      asked[i].first->stale = results[i].error();
    }
    return {};
  }

  // Where the kept base was all there was to ask, the next one is looked for, and what a metalink says of it with it.
  void start_anew() {
    for (RpmWork& work : works_) {
      if (!work.stale) continue;
      work.kept = work.repomd;
      work.kept_text = work.text;
      work.stale.reset();
      work.parts.clear();
      work.is_settled = false;
      work.force = true;
      if (work.has_mirrors && work.base + 1 < work.bases.size()) ++work.base;
    }
  }

  // --- the answer ---

  Status finish() {
    for (std::size_t i = 0; i < works_.size(); ++i) {
      const RpmWork& work = works_[i];
      if (work.is_left_out) continue;  // what was fetched before counts again when its repository is there again
      if (const Status swept = sweep(work); !swept) return swept;
      if (const Status added = answer(work); !added) return added;
      if (!tools_.options.offline)
        if (const Status done = write_stamp(tools_.machine, work.place("fetched"), fetched_at_[i]); !done) return done;
      fetched_.fetched_at = fetched_.fetched_at == 0 ? fetched_at_[i] : std::min(fetched_.fetched_at, fetched_at_[i]);
    }
    return {};
  }

  MetadataTrust trust_of(const RpmWork& work) const {
    if (work.repository.metadata_signed) return MetadataTrust::signature;
    const bool secure = work.bases[work.base].starts_with("https://") && work.repository.access.check_certificate;
    // A metalink says which repomd.xml is the right one, wherever that lies.
    const bool named = work.repository.metalink.starts_with("https://") && work.repository.access.check_certificate;
    return secure || (work.repository.bases.empty() && named) ? MetadataTrust::transport : MetadataTrust::nothing;
  }

  Status answer(const RpmWork& work) {
    const RpmRepository& repository = work.repository;
    RpmIndex index{.id = repository.id, .base = work.bases[work.base], .primary = {}, .primary_digest = {}};
    for (const RpmFile& part : work.parts) {
      if (part.item.type == "filelists" && tools_.options.filelists) index.filelists = part.path;
      if (part.item.type == "modules") index.modules = part.path;
      if (part.item.type != "primary") continue;
      index.primary = part.path;
      const auto digest = digest_file(part.path, DigestKind::sha256);
      if (!digest) return fail(digest.error());
      index.primary_digest = *digest ? (*digest)->digest.hex : std::string();
    }
    index.priority = repository.priority;
    index.cost = repository.cost;
    index.module_hotfixes = repository.module_hotfixes;
    index.excluded = repository.excluded;
    index.included = repository.included;
    index.trust = trust_of(work);
    index.packages_signed = repository.packages_signed;
    index.file = repository.file;
    index.line = repository.line;
    fetched_.rpm.push_back(std::move(index));
    return {};
  }

  Status sweep(const RpmWork& work) const {
    const auto names = tools_.machine.list_directory(work.folder);
    if (!names) return fail(names.error());
    for (const std::string& name : names->value_or(std::vector<std::string>())) {
      const bool is_part =
          name.starts_with("primary-") || name.starts_with("modules-") || name.starts_with("filelists-");
      const bool is_named = std::ranges::any_of(
          work.repomd.items, [&](const RepomdItem& item) { return contains(name, item.digest.hex.substr(0, 32)); });
      if (name.starts_with("incoming.") || (is_part && !is_named))
        if (const Status removed = tools_.machine.remove_file(work.folder + "/" + name); !removed) return removed;
    }
    return {};
  }

  const FetchTools& tools_;
  const std::vector<PlannedCopy>& copies_;
  const std::string& copies_folder_;
  FetchedMetadata& fetched_;
  std::vector<RpmWork> works_;
  std::vector<std::int64_t> fetched_at_;
};

}  // namespace

Status fetch_rpm_repositories(const FetchTools& tools, const std::vector<RpmRepository>& repositories,
                              const std::vector<PlannedCopy>& copies, const std::string& copies_folder,
                              FetchedMetadata& fetched, std::vector<std::string>& signed_files) {
  RpmFetch fetch(tools, copies, copies_folder, fetched);
  if (const Status done = fetch.run(repositories); !done) return done;
  for (std::string& line : fetch.signed_files()) signed_files.push_back(std::move(line));
  return {};
}

Result<std::optional<std::string>> compare_with_kept(const Repomd& repomd, const Repomd& kept, bool is_signed,
                                                     const std::string& name) {
  if (repomd == kept) return std::nullopt;
  const bool has_times = repomd.newest > 0 && kept.newest > 0;
  const bool is_older = has_times ? repomd.newest < kept.newest
                                  : repomd.revision > 0 && kept.revision > 0 && repomd.revision < kept.revision;
  if (is_older && is_signed)
    return fail(ErrorKind::not_trusted, fmt::format("{} is older than the one fetched before", name), {},
                {"somebody may be hiding newer packages, or a mirror has fallen back; try again or another mirror"});
  if (is_older) return "it is older than the one fetched before; nothing signed says that it should not be";
  const bool can_tell = has_times || (repomd.revision > 0 && kept.revision > 0);
  if (!can_tell) return "it has no time in it: whether it is older than the one fetched before cannot be told";
  return std::nullopt;
}

}  // namespace nvprov
