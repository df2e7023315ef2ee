#include "metadata/fetch_apt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/file_digest.hpp"
#include "host/private_folder.hpp"
#include "metadata/clear_signed.hpp"

namespace nvprov {
namespace {

constexpr std::uint64_t largest_release = 64UL * 1024 * 1024;
constexpr std::uint64_t largest_apt_index = 2048UL * 1024 * 1024;
constexpr std::array<std::string_view, 4> endings = {".xz", ".zst", ".gz", ""};

// A Release file that is signed and the signature that says so, "" for none.
struct SignedText {
  std::string text;
  std::string signature;
};

// One index on its way.
struct AptIndex {
  const WantedIndexes* wanted = nullptr;
  std::string architecture;
  std::optional<ReleaseItem> item = {};  // nullopt where no Release file vouches for it
  std::vector<std::string> urls = {};    // tried one after the other where they are not there
  std::vector<std::string> paths = {};   // on this machine, one for each
  std::size_t at = 0;
  bool has_digest_in_url = false;  // the first
  bool is_here = false;
  std::string digest = {};  // SHA-256, once it is here
};

struct AptWork {
  const AptRepository& repository;
  const TrustedKeys& keys;
  std::string folder;
  std::size_t base = 0;
  bool asks_two_files = false;  // Release and Release.gpg: there is no InRelease
  bool force = false;           // what a cache on the way holds is not wanted
  bool is_settled = false;
  bool has_release = false;
  std::string text = {};
  ReleaseFile release = {};
  std::optional<ReleaseFile> kept = {};  // of an earlier run, its signature checked again
  std::string kept_text = {};
  std::vector<AptIndex> indexes = {};
  std::optional<DownloadFailure> stale = {};

  const std::string& base_url() const { return repository.bases[base]; }
  std::string url(const std::string& path) const { return release_url(repository, base_url(), path); }
  std::string shown() const { return mask_credentials(url("")); }
  std::string incoming(const char* name) const { return fmt::format("{}/incoming.{}", folder, name); }
  std::string place(const char* name) const { return fmt::format("{}/{}", folder, name); }
};

class AptFetch {
 public:
  AptFetch(const FetchTools& tools, FetchedMetadata& fetched)
      : tools_(tools),
        fetched_(fetched),
        config_(read_apt_config(tools.target)),
        logins_(read_apt_logins(tools.target)) {}

  Status run(const std::vector<KeyedRepository>& repositories) {
    for (const KeyedRepository& each : repositories)
      if (const Status opened = open(each); !opened) return opened;
    for (int i = 1;; ++i) {
      if (const Status done = fetch_releases(); !done) return done;
      for (AptWork& work : works_)
        if (const Status listed = list_indexes(work); !listed) return listed;
      if (const Status done = fetch_indexes(); !done) return done;
      const auto stale = std::ranges::find_if(works_, [](const AptWork& work) { return work.stale.has_value(); });
      if (stale == works_.end()) break;
      if (i == stale_tries || tools_.options.offline) return fail(stale_error(stale->url(""), *stale->stale));
      start_anew();
      pause_before_retry(tools_);
    }
    return finish();
  }

  std::vector<std::string> signed_files() const {
    std::vector<std::string> lines;
    for (const AptWork& work : works_) {
      lines.push_back(fmt::format("{}  {}\n", sha256_hex(work.text), work.shown()));
      if (work.has_release) continue;  // which names its indexes
      for (const AptIndex& index : work.indexes)
        lines.push_back(fmt::format("{}  {}\n", index.digest, mask_credentials(index.urls[index.at])));
    }
    return lines;
  }

 private:
  // --- what is kept ---

  std::string folder_of(const KeyedRepository& each) const {
    std::string identity = join(each.repository.bases, " ") + "\n" + each.repository.suite + "\n";
    identity += fmt::format("{}{}\n", each.repository.trusted, each.repository.allow_insecure);
    for (const std::string& keyring : each.keys.keyrings) identity += sha256_hex(keyring) + "\n";
    identity += join(each.keys.fingerprints, " ");
    return fmt::format("{}/deb-{}", tools_.folder, sha256_hex(identity).substr(0, 16));
  }

  Status open(const KeyedRepository& each) {
    AptWork work{.repository = each.repository, .keys = each.keys, .folder = folder_of(each)};
    if (const Status made = make_cache_folder(tools_.machine, work.folder); !made) return made;
    read_kept(work);
    const auto stamp = read_stamp(tools_.machine, work.place("fetched"));
    const bool is_usable = stamp && (work.kept || each.repository.trusted);
    const bool is_over = work.kept && !check_dates(work, *work.kept, work.shown());
    if (tools_.options.offline && !is_usable)
      return fail(fmt::format("nothing of {} was fetched before", work.shown()));
    work.is_settled = is_usable && (tools_.options.offline || (is_fresh(*stamp, tools_.now) && !is_over));
    if (work.is_settled) {
      fetched_at_.push_back(*stamp);
      work.has_release = work.kept.has_value();
      work.text = work.kept_text;
      work.release = work.kept.value_or(ReleaseFile{});
    } else {
      fetched_at_.push_back(tools_.now);
    }
    works_.push_back(std::move(work));
    return {};
  }

  // What does not hold (any more) is as good as not there.
  void read_kept(AptWork& work) const {
    const auto text = tools_.machine.read_file(work.place("Release"));
    const auto signature = tools_.machine.read_file(work.place("Release.gpg"));
    if (!text || !*text || !signature) return;
    if (!check_signed({**text, signature->value_or("")}, work, work.place("Release"))) return;
    const auto release = parse_release(**text);
    if (!release) return;
    work.kept = *release;
    work.kept_text = **text;
  }

  // --- Release files ---

  Download download(const std::string& url, const std::string& destination, std::uint64_t limit) const {
    Download file{.url = url, .destination = destination, .max_bytes = limit};
    file.access = apt_access(config_, tools_.target, tools_.network, url);
    file.access.allow_http = true;  // the signature counts, as for apt
    file.access.allow_file = true;
    file.access.credentials = login_for(logins_, url);
    return file;
  }

  Download release_download(const AptWork& work, const char* name) const {
    Download file = download(work.url(name), work.incoming(name), largest_release);
    file.past_caches = work.force;
    const bool has_kept = work.kept && !work.force && std::string_view(name) != "Release.gpg";
    if (has_kept) file.known = work.place("Release");
    return file;
  }

  Status fetch_releases() {
    for (;;) {
      std::vector<Download> files;
      std::vector<AptWork*> asked;
      for (AptWork& work : works_) {
        if (work.is_settled) continue;
        asked.push_back(&work);
        if (!work.asks_two_files) files.push_back(release_download(work, "InRelease"));
        if (work.asks_two_files) files.push_back(release_download(work, "Release"));
        if (work.asks_two_files) files.push_back(release_download(work, "Release.gpg"));
      }
      if (asked.empty()) return {};
      for (AptWork* work : asked)
        if (const Status removed = tools_.machine.remove_file(work->place("fetched")); !removed) return removed;
      const std::vector<DownloadResult> results = tools_.downloader.fetch(files, tools_.options.watch);
      std::size_t at = 0;
      for (AptWork* work : asked) {
        const bool two = work->asks_two_files;
        const Status taken = two ? take_two_files(*work, results[at], results[at + 1]) : take_one(*work, results[at]);
        if (!taken) return fail(taken.error().in(fmt::format("reading the index of {}", work->shown())));
        at += two ? 2 : 1;
      }
    }
  }

  static bool is_absent(const DownloadResult& result) {
    return !result &&
           (result.error().problem == DownloadProblem::not_there || result.error().problem == DownloadProblem::refused);
  }

  // The next mirror of a list, if there is one.
  static Status go_on(AptWork& work, Error error) {
    if (work.base + 1 == work.repository.bases.size()) return fail(std::move(error));
    ++work.base;
    work.asks_two_files = false;
    return {};
  }

  Status take_one(AptWork& work, const DownloadResult& result) {
    if (is_absent(result)) {
      work.asks_two_files = true;
      return {};
    }
    if (!result) return go_on(work, result.error().error);
    if (result->unchanged) return use_kept(work, "InRelease");
    const auto text = read_whole(tools_.machine, work.incoming("InRelease"));
    if (!text) return fail(text.error());
    const auto parts = split_clear_signed(*text);
    if (!parts) return fail(parts.error());
    return accept(work, {parts->message, parts->signature}, "InRelease");
  }

  Status take_two_files(AptWork& work, const DownloadResult& release, const DownloadResult& signature) {
    if (is_absent(release) && work.repository.trusted) {
      work.is_settled = true;
      return {};
    }
    if (!release && is_absent(release))
      return go_on(work,
                   Error{.kind = ErrorKind::failed,
                         .message = fmt::format("{} is no repository of apt's: it has no Release file", work.shown()),
                         .because = {release.error().error.message},
                         .hints = {"check the address and the suite of its entry"},
                         .context = {}});
    if (!release) return go_on(work, release.error().error);
    if (release->unchanged) return use_kept(work, "Release");
    const auto text = read_whole(tools_.machine, work.incoming("Release"));
    if (!text) return fail(text.error());
    SignedText signed_text{*text, {}};
    if (signature) {
      const auto bytes = read_whole(tools_.machine, work.incoming("Release.gpg"));
      if (!bytes) return fail(bytes.error());
      signed_text.signature = *bytes;
    } else if (!is_absent(signature)) {
      return go_on(work, signature.error().error);
    }
    return accept(work, signed_text, "Release");
  }

  // A mirror that stands still has not changed, and yet its dates come to an end.
  Status use_kept(AptWork& work, const char* name) const {
    if (const Status current = check_dates(work, *work.kept, mask_credentials(work.url(name))); !current)
      return current;
    work.is_settled = true;
    work.has_release = true;
    work.text = work.kept_text;
    work.release = *work.kept;
    return {};
  }

  Status check_dates(const AptWork& work, const ReleaseFile& release, const std::string& name) const {
    AptRepository repository = work.repository;
    if (tools_.options.expired) repository.check_valid_until = false;
    return check_release_dates(release, repository, config_, tools_.now, name);
  }

  // `name` is the address of what was signed.
  Status check_signed(const SignedText& what, const AptWork& work, const std::string& name) const {
    const AptRepository& repository = work.repository;
    if (repository.never_trusted)
      return fail(ErrorKind::not_trusted, fmt::format("the entry of {} says that it is not to be trusted", name));
    if (repository.trusted) return {};
    if (what.signature.empty() && repository.allow_insecure) return {};
    if (what.signature.empty())
      return fail(ErrorKind::not_trusted, fmt::format("{} is not signed", name), {},
                  {"look at the entry before anything else; nothing of it is used"});
    const SignedFile files{work.incoming("text"), work.incoming("signature"), name};
    for (const auto& [path, content] : {std::pair{&files.file, &what.text}, {&files.signature, &what.signature}})
      if (const Status written = tools_.machine.write_file(*path, *content, 0644); !written) return written;
    return check_signature(tools_.machine, files, work.keys, work.folder);
  }

  Status accept(AptWork& work, const SignedText& what, const char* name) {
    const std::string address = mask_credentials(work.url(name));
    if (const Status good = check_signed(what, work, address); !good) return good;
    auto release = parse_release(what.text);
    if (!release) return fail(release.error().in(fmt::format("reading {}", address)));
    if (const Status current = check_dates(work, *release, address); !current) return current;
    if (work.kept) {
      const auto warning = compare_with_kept(*release, *work.kept, address);
      if (!warning) return fail(warning.error());
      if (*warning) fetched_.warnings.push_back({work.shown(), **warning});
    }
    work.release = std::move(*release);
    work.text = what.text;
    work.has_release = true;
    work.is_settled = true;
    return keep(work, what, name);
  }

  Status keep(const AptWork& work, const SignedText& what, const char* name) const {
    Host& machine = tools_.machine;
    if (const Status done = machine.remove_file(validators_path(work.place("Release"))); !done) return done;
    if (const Status done = machine.write_file(work.place("Release.gpg"), what.signature, 0644); !done) return done;
    if (const Status done = machine.write_file(work.place("Release"), what.text, 0644); !done) return done;
    return keep_validators_of(machine, work.incoming(name), work.place("Release"));
  }

  // --- indexes ---

  Status list_indexes(AptWork& work) {
    if (!work.indexes.empty()) return {};
    if (tools_.options.offline && work.has_release) warn_of_dates(work);
    for (const WantedIndexes& wanted : work.repository.wanted)
      for (const std::string& architecture : architectures(work, wanted))
        if (const Status added = add_index(work, wanted, architecture); !added) return added;
    return {};
  }

  void warn_of_dates(const AptWork& work) {
    const Status current = check_dates(work, work.release, work.shown());
    if (!current) fetched_.warnings.push_back({work.shown(), current.error().message});
  }

  static std::vector<std::string> architectures(const AptWork& work, const WantedIndexes& wanted) {
    if (work.repository.is_flat()) return {""};
    std::vector<std::string> names = wanted.architectures;
    if (work.release.has_separate_all && std::ranges::find(names, "all") == names.end()) names.emplace_back("all");
    return names;
  }

  std::string local_path(const AptWork& work, const std::string& path, std::string_view mark,
                         std::string_view ending) const {
    return fmt::format("{}/{}-{}{}", work.folder, file_name_of(path), mark, ending);
  }

  Status add_index(AptWork& work, const WantedIndexes& wanted, const std::string& architecture) {
    const std::string path = index_path(work.repository, wanted.component, architecture);
    AptIndex index{.wanted = &wanted, .architecture = architecture};
    if (!work.has_release) {
      for (const std::string_view ending : endings) {
        index.urls.push_back(work.url(path + std::string(ending)));
        index.paths.push_back(local_path(work, path, "unsigned", ending));
      }
      return look_for_unsigned(work, std::move(index));
    }
    for (const std::string_view ending : endings) {
      const auto item = work.release.items.find(path + std::string(ending));
      if (item == work.release.items.end()) continue;
      return add_signed(work, std::move(index), item->first, item->second, ending);
    }
    const bool is_all_there_is = architecture == "all";
    if (!is_all_there_is)
      fetched_.warnings.push_back(
          {work.shown(), fmt::format("it has no packages of {} for {}", wanted.component, architecture)});
    return {};
  }

  Status look_for_unsigned(AptWork& work, AptIndex index) {
    const bool was_settled = read_stamp(tools_.machine, work.place("fetched")).has_value();
    for (std::size_t i = 0; was_settled && i < index.paths.size(); ++i) {
      const auto info = tools_.machine.file_info(index.paths[i]);
      if (!info || !*info) continue;
      index.at = i;
      index.is_here = true;
      break;
    }
    work.indexes.push_back(std::move(index));
    return {};
  }

  Status add_signed(AptWork& work, AptIndex index, const std::string& path, const ReleaseItem& item,
                    std::string_view ending) {
    index.item = item;
    const std::string plain = path.substr(0, path.size() - ending.size());
    const std::string place = local_path(work, plain, item.digest.hex.substr(0, 32), ending);
    const bool by_hash = !tools_.options.whole && work.repository.by_hash.value_or(work.release.acquire_by_hash);
    if (by_hash) {
      const std::string kind = item.digest.kind == DigestKind::sha256 ? "SHA256" : "SHA512";
      const std::string folder = path.substr(0, path.rfind('/') + 1);
      index.urls.push_back(work.url(fmt::format("{}by-hash/{}/{}", folder, kind, item.digest.hex)));
      index.paths.push_back(place);
      index.has_digest_in_url = true;
    }
    index.urls.push_back(work.url(path));
    index.paths.push_back(place);
    const auto there = digest_file(place, item.digest.kind);
    if (!there) return fail(there.error());
    index.is_here = *there && (*there)->size == item.size && (*there)->digest == item.digest;
    work.indexes.push_back(std::move(index));
    return {};
  }

  Download index_download(const AptWork& work, const AptIndex& index) const {
    Download file = download(index.urls[index.at], index.paths[index.at], largest_apt_index);
    file.past_caches = work.force;
    if (!index.item) return file;
    file.size = index.item->size;
    file.digest = index.item->digest;
    return file;
  }

  Status fetch_indexes() {
    for (;;) {
      std::vector<Download> files;
      std::vector<std::pair<AptWork*, AptIndex*>> asked;
      for (AptWork& work : works_)
        for (AptIndex& index : work.indexes) {
          if (index.is_here || work.stale) continue;
          files.push_back(index_download(work, index));
          asked.emplace_back(&work, &index);
        }
      if (asked.empty()) return {};
      if (tools_.options.offline)
        return fail(fmt::format("an index of {} was not fetched before", asked[0].first->shown()));
      const std::vector<DownloadResult> results = tools_.downloader.fetch(files, tools_.options.watch);
      for (std::size_t i = 0; i < asked.size(); ++i)
        if (const Status taken = take_index(*asked[i].first, *asked[i].second, results[i]); !taken)
          return fail(taken.error().in(fmt::format("reading the index of {}", asked[i].first->shown())));
    }
  }

  Status take_index(AptWork& work, AptIndex& index, const DownloadResult& result) {
    index.is_here = result.has_value();
    if (index.is_here) return {};
    const bool is_missing = is_absent(result);
    if (is_missing && index.at + 1 < index.urls.size()) {
      ++index.at;
      return {};
    }
    const DownloadFailure& failure = result.error();
    const bool differs = failure.problem == DownloadProblem::mismatch;
    // Its address is its checksum: no update of the mirror can explain another content.
    if (differs && index.has_digest_in_url && index.at == 0)
      return fail(ErrorKind::not_trusted,
                  fmt::format("{} is not what its signed checksum says: it was changed on the way",
                              mask_credentials(index.urls[0])),
                  failure.error.because, {"look at the mirror and the proxy before anything else"});
    if ((differs || is_missing) && index.item) {
      work.stale = failure;
      return {};
    }
    return fail(failure.error);
  }

  // Both the Release file and the indexes, past every cache on the way.
  void start_anew() {
    for (AptWork& work : works_) {
      if (!work.stale) continue;
      if (work.has_release) {
        work.kept = work.release;
        work.kept_text = work.text;
      }
      work.stale.reset();
      work.indexes.clear();
      work.is_settled = false;
      work.asks_two_files = false;
      work.force = true;
      if (work.base + 1 < work.repository.bases.size()) ++work.base;
    }
  }

  // --- the answer ---

  Status finish() {
    for (AptWork& work : works_) {
      for (AptIndex& index : work.indexes)
        if (const Status added = answer(work, index); !added) return added;
      if (const Status swept = sweep(work); !swept) return swept;
    }
    for (std::size_t i = 0; i < works_.size(); ++i) {
      if (!tools_.options.offline)
        if (const Status done = write_stamp(tools_.machine, works_[i].place("fetched"), fetched_at_[i]); !done)
          return done;
      fetched_.fetched_at = fetched_.fetched_at == 0 ? fetched_at_[i] : std::min(fetched_.fetched_at, fetched_at_[i]);
    }
    return {};
  }

  static Status find_digest(AptIndex& index) {
    if (index.item && index.item->digest.kind == DigestKind::sha256) {
      index.digest = index.item->digest.hex;
      return {};
    }
    const auto computed = digest_file(index.paths[index.at], DigestKind::sha256);
    if (!computed) return fail(computed.error());
    index.digest = *computed ? (*computed)->digest.hex : std::string();
    return {};
  }

  Status answer(const AptWork& work, AptIndex& index) {
    if (const Status found = find_digest(index); !found) return found;
    const bool is_signed = work.has_release && !work.repository.trusted && !work.repository.allow_insecure;
    fetched_.deb.push_back({.path = index.paths[index.at],
                            .digest = index.digest,
                            .base = work.base_url(),
                            .origin = work.release.origin,
                            .label = work.release.label,
                            .suite = work.release.suite,
                            .codename = work.release.codename,
                            .version = work.release.version,
                            .not_automatic = work.release.not_automatic,
                            .but_automatic_upgrades = work.release.but_automatic_upgrades,
                            .distribution = work.repository.suite,
                            .component = index.wanted->component,
                            .architecture = index.architecture,
                            .trust = is_signed ? MetadataTrust::signature : MetadataTrust::nothing,
                            .file = index.wanted->file,
                            .line = index.wanted->line});
    return {};
  }

  static std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

  // Of an index without a Release file, whose name says nothing of what is in it: another form of it than the one that
  // came now, or what was packed of another.
  static bool is_replaced(std::string_view name, const AptIndex& index) {
    if (!name.starts_with(last_part(index.paths.back()))) return false;  // the last has no ending
    const std::string own(last_part(index.paths[index.at]));
    const bool is_packed = name.starts_with(own) && contains(name, index.digest.substr(0, 32));
    return name != own && name != validators_path(own) && !is_packed;
  }

  static bool is_stale(const AptWork& work, std::string_view name) {
    if (!contains(name, "Packages-")) return false;
    if (work.has_release)
      return std::ranges::none_of(
          work.release.items, [&](const auto& item) { return contains(name, item.second.digest.hex.substr(0, 32)); });
    return !contains(name, "Packages-unsigned") ||
           std::ranges::any_of(work.indexes, [&](const AptIndex& index) { return is_replaced(name, index); });
  }

  // Indexes no Release file names any more, those replaced where there is none, and what came in.
  Status sweep(const AptWork& work) const {
    const auto names = tools_.machine.list_directory(work.folder);
    if (!names) return fail(names.error());
    for (const std::string& name : names->value_or(std::vector<std::string>())) {
      const bool came_in = name.starts_with("incoming.");
      // Of a place that has no Release file any more, the one it had counts no more either.
      const bool is_old_release = name.starts_with("Release") && !work.has_release;
      if (came_in || is_old_release || is_stale(work, name))
        if (const Status removed = tools_.machine.remove_file(work.folder + "/" + name); !removed) return removed;
    }
    return {};
  }

  const FetchTools& tools_;
  FetchedMetadata& fetched_;
  AptConfig config_;
  std::vector<AptLogin> logins_;
  std::vector<AptWork> works_;
  std::vector<std::int64_t> fetched_at_;
};

}  // namespace

Status fetch_apt_repositories(const FetchTools& tools, const std::vector<KeyedRepository>& repositories,
                              FetchedMetadata& fetched, std::vector<std::string>& signed_files) {
  AptFetch fetch(tools, fetched);
  if (const Status done = fetch.run(repositories); !done) return done;
  for (std::string& line : fetch.signed_files()) signed_files.push_back(std::move(line));
  return {};
}

}  // namespace nvprov
