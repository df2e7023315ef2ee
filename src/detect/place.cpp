#include "detect/place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr std::string_view place_fact = "environment.place";
constexpr const char* own_mounts = "/proc/self/mountinfo";
constexpr const char* first_process_mounts = "/proc/1/mountinfo";

// A mark that this is no host, and what it says of the kind.
struct Mark {
  PlaceKind kind = PlaceKind::container;
  std::string evidence;
};

// Words in paths of storage and cgroups, and who writes them there. The first that fits decides.
struct EngineWord {
  std::string_view word;
  std::string_view engine;
  PlaceKind kind = PlaceKind::container;
};
constexpr std::array<EngineWord, 13> engine_words = {{
    {"buildkit", "buildkit", PlaceKind::image_build},
    {"runc-overlayfs/executor", "buildkit", PlaceKind::image_build},
    {"buildah", "buildah", PlaceKind::image_build},
    {"kaniko", "kaniko", PlaceKind::image_build},
    {"kubepods", "kubernetes", PlaceKind::container},
    {"kubelet", "kubernetes", PlaceKind::container},
    {"libpod", "podman", PlaceKind::container},
    {"/containers/storage/", "podman or cri-o", PlaceKind::container},
    {"containerd", "containerd", PlaceKind::container},
    {"/docker", "docker", PlaceKind::container},
    {"/overlay2/", "docker", PlaceKind::container},
    {"/lxc/", "lxc", PlaceKind::machine_container},
    {"lxc.payload", "lxc", PlaceKind::machine_container},
}};

// Names container managers give themselves in `$container` and below /run
// (https://systemd.io/CONTAINER_INTERFACE), of those that run whole systems. WSL is told by its kernel and is a
// machine's.
struct Manager {
  std::string_view name;
  PlaceKind kind = PlaceKind::machine_container;
};
constexpr std::array<Manager, 5> machine_managers = {{
    {"lxc", PlaceKind::machine_container},
    {"lxc-libvirt", PlaceKind::machine_container},
    {"systemd-nspawn", PlaceKind::machine_container},
    {"openvz", PlaceKind::machine_container},
    {"wsl", PlaceKind::host},
}};

const EngineWord* find_engine_word(std::string_view text) {
  const auto word =
      std::ranges::find_if(engine_words, [&](const EngineWord& item) { return contains(text, item.word); });
  return word == engine_words.end() ? nullptr : &*word;
}

void add_engine_mark(std::string_view where, std::string_view text, std::vector<Mark>& marks) {
  if (const EngineWord* word = find_engine_word(text))
    marks.push_back({word->kind, fmt::format("{}: {}", where, word->engine)});
}

void add_manager_mark(std::string_view where, std::string_view name, std::vector<Mark>& marks) {
  const auto manager = std::ranges::find(machine_managers, name, &Manager::name);
  const PlaceKind kind = manager == machine_managers.end() ? PlaceKind::container : manager->kind;
  if (kind != PlaceKind::host && !name.empty()) marks.push_back({kind, fmt::format("{}{}", where, name)});
}

// Marks that lie in the root itself: true wherever the root is looked at from.
std::vector<Mark> marks_in_root(const HostView& host, Diagnostics& diagnostics) {
  std::vector<Mark> marks;
  if (is_there(host, "/.dockerenv", place_fact, diagnostics)) marks.push_back({PlaceKind::container, "/.dockerenv"});
  if (const auto text = read_text(host, "/run/.containerenv", place_fact, diagnostics))
    marks.push_back({contains(*text, "buildah") ? PlaceKind::image_build : PlaceKind::container, "/run/.containerenv"});
  if (is_there(host, "/kaniko/executor", place_fact, diagnostics))
    marks.push_back({PlaceKind::image_build, "/kaniko/executor"});
  return marks;
}

const Mount* mount_at(const std::vector<Mount>& mounts, std::string_view point) {
  const auto mount = std::ranges::find(mounts.rbegin(), mounts.rend(), point, &Mount::point);
  return mount == mounts.rend() ? nullptr : &*mount;  // the last one hides those before
}

// The storage the root comes from. In a chroot that is bind-mounted, only a whole file system speaks for the root: the
// options of a part of it are those of the place around.
void add_root_mount_mark(const Mount& root, bool in_chroot, std::vector<Mark>& marks) {
  const std::string options = !in_chroot || root.root == "/" ? root.options : std::string{};
  add_engine_mark("/proc/self/mountinfo: /", root.root + " " + options, marks);
}

// Marks of the running process and of what is around it. BuildKit leaves no file, but mounts the name files.
void add_process_marks(const HostView& host, const std::vector<Mount>& mounts, std::vector<Mark>& marks,
                       Diagnostics& diagnostics) {
  add_manager_mark("container=", host.environment("container").value_or(""), marks);
  for (const char* path : {"/run/systemd/container", "/run/host/container-manager"})
    if (const auto text = read_text(host, path, place_fact, diagnostics))
      add_manager_mark(fmt::format("{}: ", path), trim(*text), marks);
  if (const auto text = read_text(host, "/proc/1/cgroup", place_fact, diagnostics))
    add_engine_mark("/proc/1/cgroup", *text, marks);
  for (const std::string_view point : {"/etc/resolv.conf", "/etc/hosts"})
    if (const Mount* mount = mount_at(mounts, point))
      add_engine_mark(fmt::format("/proc/self/mountinfo: {}", point), mount->root, marks);
}

// Why the process' root is not the machine's; nullopt where it is, or where that cannot be told.
std::optional<std::string> chroot_mark(const HostView& host, const std::optional<std::string>& own_text,
                                       const std::vector<Mount>& mounts) {
  if (!own_text) return "/proc is not mounted";
  const Mount* own = mount_at(mounts, "/");
  // A process sees only mounts below its root: a chroot into a plain folder shows none at "/".
  if (own == nullptr) return "/proc/self/mountinfo: nothing is mounted at /";
  Diagnostics ignored;
  const auto first_text = host.read_file(first_process_mounts);
  if (!first_text || !*first_text) return std::nullopt;  // hidden from this user
  const std::vector<Mount> first_mounts = parse_mountinfo(**first_text, ignored);
  const Mount* first = mount_at(first_mounts, "/");
  if (first == nullptr || (first->device == own->device && first->root == own->root)) return std::nullopt;
  return "/proc/1/mountinfo: the first process has another root";
}

// The innermost counts: builders and engines run within containers that are run like machines.
PlaceKind kind_of(const std::vector<Mark>& marks) {
  for (const PlaceKind kind : {PlaceKind::image_build, PlaceKind::container, PlaceKind::machine_container})
    if (std::ranges::find(marks, kind, &Mark::kind) != marks.end()) return kind;
  return PlaceKind::host;
}

std::vector<std::string> evidence_of(const std::vector<Mark>& marks) {
  std::vector<std::string> evidence;
  for (const Mark& mark : marks) evidence.push_back(mark.evidence);
  std::ranges::sort(evidence);
  return evidence;
}

// A root that is looked at from outside: a host's disk, or an image being made.
Place place_of_disk(std::string why, std::vector<Mark> marks) {
  const PlaceKind kind = marks.empty() ? PlaceKind::chroot : PlaceKind::image_build;
  marks.push_back({kind, std::move(why)});
  return {.kind = kind, .evidence = evidence_of(marks), .owns_machine = false};
}

}  // namespace

std::vector<Mount> parse_mountinfo(std::string_view text, Diagnostics& problems) {
  std::vector<Mount> mounts;
  int number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    const std::vector<std::string> words = split_words(line);
    const auto dash = std::ranges::find(words, "-");
    const auto after = words.end() - dash;
    if (dash - words.begin() < 6 || after < 3) {
      problems.push_back({own_mounts, fmt::format("line {}", number), "not a mount as proc(5) describes it", ""});
      continue;
    }
    mounts.push_back({.device = words[2],
                      .root = words[3],
                      .point = words[4],
                      .type = dash[1],
                      .source = dash[2],
                      .options = after > 3 ? dash[3] : std::string{}});
  }
  return mounts;
}

Place detect_place(const HostView& host, Diagnostics& diagnostics) {
  std::vector<Mark> marks = marks_in_root(host, diagnostics);
  if (!host.is_live()) return place_of_disk("a root folder", std::move(marks));

  const auto text = read_text(host, own_mounts, place_fact, diagnostics);
  Diagnostics problems;
  const std::vector<Mount> mounts = parse_mountinfo(text.value_or(""), problems);
  take_problems(diagnostics, place_fact, problems);
  const auto chroot = chroot_mark(host, text, mounts);
  const Mount* root = mount_at(mounts, "/");
  // Without a mount at "/" what the process sees of cgroups and variables is the machine's around it.
  if (chroot && root == nullptr) return place_of_disk(*chroot, std::move(marks));

  std::vector<Mark> of_storage;
  if (root != nullptr) add_root_mount_mark(*root, chroot.has_value(), of_storage);
  // A container that shares the host's processes has another root than the first of them, too; its storage tells.
  if (chroot && of_storage.empty()) return place_of_disk(*chroot, std::move(marks));
  std::ranges::move(of_storage, std::back_inserter(marks));
  add_process_marks(host, mounts, marks, diagnostics);
  if (marks.empty() && root != nullptr && root->type == "overlay")
    return {.kind = PlaceKind::unclear, .evidence = {"/proc/self/mountinfo: / is an overlay"}};
  return {.kind = kind_of(marks), .evidence = evidence_of(marks)};
}

}  // namespace nvprov
