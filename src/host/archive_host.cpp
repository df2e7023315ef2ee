#include "host/archive_host.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "host/rooted_path.hpp"

namespace nvprov {
namespace {

constexpr std::size_t block_size = 65536;

struct Node {
  FileInfo info;
  std::string link;                            // text of a symbolic link
  std::shared_ptr<const std::string> content;  // null where it was not kept
};

// What an archive holds, by the paths the target has.
struct Tree {
  std::unordered_map<std::string, Node> nodes;
  std::map<std::string, std::set<std::string>> names;  // of each folder

  const Node* find(const std::string& path) const {
    const auto found = nodes.find(path);
    return found == nodes.end() ? nullptr : &found->second;
  }
};

bool is_folder(const Node* node) { return node != nullptr && node->info.kind == FileInfo::Kind::directory; }

// Where a path of the tree leads, by its links.
Result<std::string> real_path(const Tree& tree, const std::string& path, bool follow_last) {
  return walked_path("", path, follow_last, [&tree](const std::string& at) {
    const Node* node = tree.find(at);
    return node == nullptr ? std::string{} : node->link;
  });
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

class ArchiveHost : public HostView {
 public:
  explicit ArchiveHost(Tree tree) : tree_(std::move(tree)) {}

  bool is_live() const override { return false; }

  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    const auto node = find(path, true);
    if (!node) return fail(node.error());
    if (*node == nullptr) return std::nullopt;
    if ((*node)->info.kind != FileInfo::Kind::file)
      return fail(fmt::format("could not read {}: it is no regular file", path));
    if ((*node)->content == nullptr)
      return fail(fmt::format("could not read {}: what files of its kind hold is not kept of an archive", path));
    return *(*node)->content;
  }

  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    const auto real = resolve(path, true);
    if (!real) return fail(real.error());
    const Node* node = tree_.find(*real);
    if (node == nullptr) return std::nullopt;
    if (node->info.kind != FileInfo::Kind::directory)
      return fail(fmt::format("could not list {}: it is no folder", path));
    const auto names = tree_.names.find(*real);
    if (names == tree_.names.end()) return std::vector<std::string>{};
    return std::vector<std::string>(names->second.begin(), names->second.end());
  }

  Result<std::optional<FileInfo>> link_info(const std::string& path) const override { return info_of(path, false); }
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override { return info_of(path, true); }

  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    const auto node = find(path, false);
    if (!node) return fail(node.error());
    if (*node == nullptr || (*node)->info.kind != FileInfo::Kind::symlink) return std::nullopt;
    return (*node)->link;
  }

  Result<Uname> uname() const override { return fail("an archive runs no kernel"); }
  Result<std::uint32_t> effective_user() const override { return fail("no user runs in an archive"); }
  std::optional<std::string> environment(const std::string&) const override { return std::nullopt; }
  Result<CommandOutput> query(const Command& command) const override {
    return fail(fmt::format("`{}` cannot be run in an archive", command.argv.front()));
  }

 private:
  Result<std::string> resolve(const std::string& path, bool follow_last) const {
    return real_path(tree_, path, follow_last);
  }

  Result<const Node*> find(const std::string& path, bool follow_last) const {
    const auto real = resolve(path, follow_last);
    if (!real) return fail(real.error());
    return tree_.find(*real);
  }

  Result<std::optional<FileInfo>> info_of(const std::string& path, bool follow_last) const {
    const auto node = find(path, follow_last);
    if (!node) return fail(node.error());
    return *node == nullptr ? std::nullopt : std::optional((*node)->info);
  }

  Tree tree_;
};

// --- reading ---

struct ArchiveCloser {
  void operator()(archive* opened) const { archive_read_free(opened); }
};
using Archive = std::unique_ptr<archive, ArchiveCloser>;

Error bad_archive(const std::string& shown, std::string because, std::vector<std::string> hints = {}) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("`{}` cannot be read as the archive of a system", shown),
          .because = {std::move(because)},
          .hints = std::move(hints),
          .context = {}};
}

std::string reason_of(archive* opened) {
  const char* words = archive_error_string(opened);
  return words != nullptr ? words : "it is damaged";
}

Result<Archive> open_archive(const std::string& path, const std::string& shown) {
  Archive opened(archive_read_new());
  archive_read_support_format_tar(opened.get());
  archive_read_support_filter_gzip(opened.get());
  archive_read_support_filter_xz(opened.get());
  archive_read_support_filter_zstd(opened.get());
  // Names are bytes to us, whatever the locale.
  archive_read_set_option(opened.get(), "tar", "hdrcharset", "BINARY");
  const int status = path == "-" ? archive_read_open_fd(opened.get(), STDIN_FILENO, block_size)
                                 : archive_read_open_filename(opened.get(), path.c_str(), block_size);
  if (status != ARCHIVE_OK)
    return fail(bad_archive(shown, reason_of(opened.get()),
                            {"it is to be a tar archive, plain or packed by gzip, xz or zstd"}));
  return opened;
}

// "./etc/os-release" is "/etc/os-release" of the target; nullopt for a path that leads out of the archive.
std::optional<std::string> path_of(std::string_view name) {
  if (name.starts_with('/')) return std::nullopt;
  std::string path;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find('/'));
    name.remove_prefix(std::min(name.size(), part.size() + 1));
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") path.append("/").append(part);
  }
  return path.empty() ? "/" : path;
}

FileInfo::Kind kind_of(archive_entry* entry) {
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return FileInfo::Kind::file;
    case AE_IFDIR: return FileInfo::Kind::directory;
    case AE_IFLNK: return FileInfo::Kind::symlink;
    default: return FileInfo::Kind::other;  // an integer of libarchive's, not an enumeration of ours
  }
}

FileInfo info_of_entry(archive_entry* entry) {
  const auto size = archive_entry_size(entry);
  return {.kind = kind_of(entry),
          .mode = static_cast<std::uint32_t>(archive_entry_perm(entry)),
          .owner = static_cast<std::uint32_t>(archive_entry_uid(entry)),
          .group = static_cast<std::uint32_t>(archive_entry_gid(entry)),
          .size = size > 0 ? static_cast<std::uint64_t>(size) : 0,
          .device = 0,
          .inode = 0,
          .modified = archive_entry_mtime(entry)};
}

struct Reader {
  archive* opened;
  const std::string& shown;
  const KeepContent& keeps;
  const ArchiveLimits& limits;
  Tree tree;
  std::uint64_t entries = 0;
  std::uint64_t kept = 0;
};

tl::unexpected<Error> too_much(const Reader& reader, std::string what) {
  return fail(bad_archive(reader.shown, fmt::format("it holds more than {}", what)));
}

Status count_entry(Reader& reader) {
  if (++reader.entries <= reader.limits.entries) return {};
  return too_much(reader, fmt::format("{} entries", reader.limits.entries));
}

// Before memory is taken for it.
Status charge(Reader& reader, const std::string& path, std::uint64_t size) {
  if (size > reader.limits.kept_bytes - reader.kept)
    return too_much(reader, fmt::format("nvprov keeps in memory: {} has {} bytes", path, size));
  reader.kept += size;
  return {};
}

Status check_length(const Reader& reader, std::string_view text) {
  if (text.size() <= reader.limits.path_bytes) return {};
  constexpr std::size_t beginning = 40;
  return fail(bad_archive(reader.shown, fmt::format("{}... is a path longer than {} bytes", text.substr(0, beginning),
                                                    reader.limits.path_bytes)));
}

Status check_unpacked(const Reader& reader) {
  const auto unpacked = archive_filter_bytes(reader.opened, 0);
  if (unpacked <= 0 || static_cast<std::uint64_t>(unpacked) <= reader.limits.bytes) return {};
  return too_much(reader, fmt::format("{} bytes", reader.limits.bytes));
}

Result<std::string> read_content(Reader& reader, const std::string& path, std::uint64_t size) {
  const ArchiveLimits& limits = reader.limits;
  if (size > limits.kept_file_bytes)
    return too_much(reader, fmt::format("nvprov keeps in memory: {} has {} bytes", path, size));
  if (const Status within = charge(reader, path, size); !within) return fail(within.error());
  std::string content(size, '\0');
  std::size_t used = 0;
  while (used < content.size()) {
    const la_ssize_t count = archive_read_data(reader.opened, content.data() + used, content.size() - used);
    if (count < 0) return fail(bad_archive(reader.shown, fmt::format("{}: {}", path, reason_of(reader.opened))));
    if (count == 0) return fail(bad_archive(reader.shown, fmt::format("{} is cut off", path)));
    used += static_cast<std::size_t>(count);
  }
  return content;
}

// Where a folder lies that entries name by this path: a part of it may be a link to a folder.
Result<std::string> place_of_folder(const Reader& reader, const std::string& folder, const std::string& entry) {
  if (folder == "/" || is_folder(reader.tree.find(folder))) return folder;
  std::string place;
  for (const std::string& name : split(folder.substr(1), '/')) {
    place.append(place == "/" ? "" : "/").append(name);
    const Node* node = reader.tree.find(place);
    if (node == nullptr || is_folder(node)) continue;
    const auto real = real_path(reader.tree, place, true);
    if (!real || !is_folder(reader.tree.find(*real)))
      return fail(bad_archive(reader.shown, fmt::format("{} lies below {}, which is no folder", entry, place)));
    place = *real;
  }
  return place;
}

// Where an entry lies, or a link to one leads.
Result<std::string> place_of(const Reader& reader, const std::string& path) {
  if (path == "/") return path;
  auto folder = place_of_folder(reader, folder_of(path), path);
  if (!folder) return folder;
  const std::string name = path.substr(path.rfind('/'));
  return *folder == "/" ? name : *folder + name;
}

// What lies in a folder would be there and never be found.
Status check_replaced(const Reader& reader, const std::string& path, const Node& node) {
  if (is_folder(&node)) return {};
  const auto names = reader.tree.names.find(path);
  const bool is_empty = names == reader.tree.names.end() || names->second.empty();
  if (is_empty && path != "/") return {};
  const std::string within = is_empty ? "/" : (path == "/" ? "" : path) + "/" + *names->second.begin();
  return fail(bad_archive(reader.shown, fmt::format("{} takes the place of a folder with {} in it", path, within)));
}

Result<Node> node_of(Reader& reader, archive_entry* entry, const std::string& path) {
  Node node;
  if (const char* target = archive_entry_hardlink(entry)) {
    const auto other = path_of(target);
    const auto there = other ? place_of(reader, *other) : std::string{};
    const Node* known = there ? reader.tree.find(*there) : nullptr;
    if (known == nullptr || is_folder(known))
      return fail(bad_archive(reader.shown, fmt::format("{} is a link to {}, which is not before it", path, target)));
    return *known;
  }
  node.info = info_of_entry(entry);
  if (const char* text = archive_entry_symlink(entry)) node.link = text;
  if (node.info.kind != FileInfo::Kind::file || !reader.keeps(path)) return node;
  auto content = read_content(reader, path, node.info.size);
  if (!content) return fail(content.error());
  node.content = std::make_shared<const std::string>(std::move(*content));
  return node;
}

// Archives may leave folders out that their files lie in.
Status add_folders_of(Reader& reader, std::string path) {
  Tree& tree = reader.tree;
  while (path != "/") {
    std::string folder = folder_of(path);
    if (!tree.names[folder].insert(path.substr(path.rfind('/') + 1)).second) return {};
    if (tree.find(folder) == nullptr) {
      if (const Status counted = count_entry(reader); !counted) return counted;
      if (const Status charged = charge(reader, folder, folder.size()); !charged) return charged;
      tree.nodes[folder].info = {.kind = FileInfo::Kind::directory, .mode = 0755};
    }
    path = std::move(folder);
  }
  return {};
}

Status add_node(Reader& reader, const std::string& path, Node node) {
  if (const Status charged = charge(reader, path, path.size() + node.link.size()); !charged) return charged;
  if (const Status added = add_folders_of(reader, path); !added) return added;
  reader.tree.nodes[path] = std::move(node);
  return {};
}

Status check_limits(Reader& reader, archive_entry* entry) {
  if (const Status counted = count_entry(reader); !counted) return counted;
  if (const Status within = check_unpacked(reader); !within) return within;
  for (const char* text : {archive_entry_pathname(entry), archive_entry_symlink(entry), archive_entry_hardlink(entry)})
    if (text != nullptr)
      if (const Status fits = check_length(reader, text); !fits) return fits;
  const auto size = archive_entry_size(entry);
  if (size <= 0 || static_cast<std::uint64_t>(size) <= reader.limits.bytes) return {};
  return too_much(reader, fmt::format("{} bytes", reader.limits.bytes));
}

Status take_entry(Reader& reader, archive_entry* entry) {
  if (const Status within = check_limits(reader, entry); !within) return within;
  const char* name = archive_entry_pathname(entry);
  const auto path = name != nullptr ? path_of(name) : std::nullopt;
  if (!path)
    return fail(bad_archive(reader.shown,
                            name == nullptr ? "an entry has no name" : fmt::format("{} leads out of its root", name)));
  const auto place = place_of(reader, *path);
  if (!place) return fail(place.error());
  auto node = node_of(reader, entry, *place);
  if (!node) return fail(node.error());
  if (const Status fits = check_replaced(reader, *place, *node); !fits) return fits;
  return add_node(reader, *place, std::move(*node));
}

bool is_good(int status) { return status == ARCHIVE_OK || status == ARCHIVE_WARN || status == ARCHIVE_EOF; }

// libarchive calls it an end, too, when nothing follows an entry; an archive that is whole ends with blocks of zeros,
// which are read on the way to the end.
Status check_end(const Reader& reader, la_int64_t before) {
  if (archive_filter_bytes(reader.opened, 0) > before) return {};
  return fail(bad_archive(reader.shown, "it is cut off: the blocks that end an archive are missing"));
}

Status read_entries(Reader& reader) {
  archive_entry* entry = nullptr;
  for (;;) {
    const la_int64_t before = archive_filter_bytes(reader.opened, 0);
    const int status = archive_read_next_header(reader.opened, &entry);
    if (status == ARCHIVE_EOF) return check_end(reader, before);
    if (!is_good(status))
      return fail(bad_archive(reader.shown, reason_of(reader.opened),
                              {"it is to be a tar archive, plain or packed by gzip, xz or zstd"}));
    if (const Status taken = take_entry(reader, entry); !taken) return taken;
    if (!is_good(archive_read_data_skip(reader.opened)))
      return fail(bad_archive(reader.shown, reason_of(reader.opened)));
  }
}

Status check_system(const Tree& tree, const std::string& shown) {
  if (tree.find("/etc") != nullptr) return {};
  if (tree.find("/oci-layout") != nullptr || tree.find("/manifest.json") != nullptr)
    return fail(bad_archive(shown, "it is an image with its layers, as `docker save` writes it",
                            {"write its file system: `docker export $(docker create IMAGE)`"}));
  return fail(bad_archive(shown, "there is no folder etc in it"));
}

}  // namespace

Result<std::unique_ptr<HostView>> open_archive_host(const std::string& path, const KeepContent& keeps,
                                                    const ArchiveLimits& limits) {
  const std::string shown = path == "-" ? "standard input" : path;
  const auto opened = open_archive(path, shown);
  if (!opened) return fail(opened.error());
  Reader reader{.opened = opened->get(), .shown = shown, .keeps = keeps, .limits = limits, .tree = {}};
  if (const Status read = read_entries(reader); !read) return fail(read.error());
  if (const Status system = check_system(reader.tree, shown); !system) return fail(system.error());
  return std::make_unique<ArchiveHost>(std::move(reader.tree));
}

}  // namespace nvprov
