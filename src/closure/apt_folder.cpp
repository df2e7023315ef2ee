#include "closure/apt_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "metadata/apt_settings.hpp"
#include "packages/apt.hpp"
#include "packages/apt_network.hpp"

namespace nvprov {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Status make_folders(Host& machine, const std::string& path) {
  for (const std::string_view name : {"/lists/partial", "/cache/archives/partial", "/state", "/sources.list.d",
                                      "/preferences.d", "/trusted.gpg.d", "/keys", "/certificates"})
    if (const Status made = machine.make_directory(path + std::string(name), 0755); !made) return made;
  return {};
}

// The files the target has in a folder, copied; files of an earlier run that it has no more are removed.
Status copy_folder(const TargetFiles& target, const std::string& from, const std::string& to) {
  const std::vector<std::string> names = target.list(from);
  const auto old_names = target.machine().list_directory(to);
  if (!old_names) return fail(old_names.error());
  for (const std::string& old_name : old_names->value_or(std::vector<std::string>()))
    if (std::ranges::find(names, old_name) == names.end())
      if (const Status removed = target.machine().remove_file(to + "/" + old_name); !removed) return removed;
  for (const std::string& name : names)
    if (const auto content = target.read(from + "/" + name))
      if (const Status written = write_if_changed(target.machine(), to + "/" + name, *content, 0644); !written)
        return written;
  return {};
}

Status copy_keys(const TargetFiles& target, const std::string& path, const PrivateSources& sources) {
  for (const PlannedKey& key : sources.planned_keys)
    if (const Status written = write_if_changed(target.machine(), path + "/keys/" + key.name, key.content, 0644);
        !written)
      return written;
  if (target.is_machine()) return {};
  if (const Status copied = copy_folder(target, "/etc/apt/trusted.gpg.d", path + "/trusted.gpg.d"); !copied)
    return copied;
  // A key that is not there is apt's to complain about: it knows which repository needs it.
  for (const KeyCopy& key : sources.keys)
    if (const auto content = target.read(key.path))
      if (const Status written = write_if_changed(target.machine(), path + "/keys/" + key.name, *content, 0644);
          !written)
        return written;
  return {};
}

std::string stanza_of(const PackagePin& pin) {
  return fmt::format("Package: {}\nPin: {}\nPin-Priority: {}\n\n", pin.packages, pin.pin, pin.priority);
}

// The target's pins, file by file as apt orders them, and the files the plan would add in place of their namesakes.
std::vector<WriteFile> pin_files(const HostFacts& facts, const ConsultedRepositories& repositories) {
  std::vector<WriteFile> files = repositories.preferences;
  std::erase_if(files, [](const WriteFile& file) { return !file.path.starts_with(pins_folder); });
  for (const PackagePin& pin : facts.package_facts.pins) {
    const auto same_path = [&](const WriteFile& file) { return file.path == pin.file; };
    if (std::ranges::any_of(repositories.preferences, same_path)) continue;
    auto file = std::ranges::find_if(files, same_path);
    if (file == files.end()) file = files.insert(files.end(), WriteFile{pin.file, {}, 0644, {}});
    file->content += stanza_of(pin);
  }
  return files;
}

Status write_pins(Host& machine, const std::string& path, const std::vector<WriteFile>& files) {
  const auto old_names = machine.list_directory(path + "/preferences.d");
  if (!old_names) return fail(old_names.error());
  for (const std::string& name : old_names->value_or(std::vector<std::string>()))
    if (std::ranges::none_of(files, [&](const WriteFile& file) { return base_name(file.path) == name; }))
      if (const Status removed = machine.remove_file(path + "/preferences.d/" + name); !removed) return removed;
  std::string main_file;
  for (const WriteFile& file : files) {
    const bool in_folder = file.path.starts_with(pins_folder);
    if (!in_folder) main_file += file.content;
    if (!in_folder) continue;
    const std::string place = path + "/preferences.d/" + base_name(file.path);
    if (const Status written = write_if_changed(machine, place, file.content, 0644); !written) return written;
  }
  return write_if_changed(machine, path + "/preferences", main_file, 0644);
}

// Main architecture first, as dpkg has them.
std::vector<std::string> architectures(const TargetFiles& target, const HostFacts& facts) {
  std::vector<std::string> names;
  if (!facts.package_facts.architecture.empty()) names.push_back(facts.package_facts.architecture);
  for (const std::string& name : split_words(target.read("/var/lib/dpkg/arch").value_or("")))
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

std::string architecture_settings(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::string text = fmt::format("APT::Architecture \"{}\";\n#clear APT::Architectures;\n", names.front());
  for (const std::string& name : names) text += fmt::format("APT::Architectures:: \"{}\";\n", name);
  return text;
}

struct Setting {
  std::string name;
  std::string path;
};

Result<std::vector<Setting>> target_settings(const TargetFiles& target, const std::string& folder) {
  std::vector<Setting> settings = {
      {"Dir::State::status", "/var/lib/dpkg/status"},
      {"Dir::State::extended_states", "/var/lib/apt/extended_states"},
      {"Dir::State::cdroms", "/var/lib/apt/cdroms.list"},
      {"Dir::Etc::netrc", "/etc/apt/auth.conf"},
      {"Dir::Etc::netrcparts", "/etc/apt/auth.conf.d"},
      {"Dir::Etc::trusted", "/etc/apt/trusted.gpg"},
      {"Dir::Etc::trustedparts", "/etc/apt/trusted.gpg.d"},
  };
  for (Setting& setting : settings) {
    const auto place = target.place(setting.path);
    if (!place) return fail(place.error());
    setting.path = *place;
  }
  if (!target.is_machine()) settings.back().path = folder + "/trusted.gpg.d";
  return settings;
}

std::vector<Setting> folder_settings(const std::string& folder) {
  return {
      {"Dir::State", folder + "/state/"},
      {"Dir::State::lists", folder + "/lists/"},
      {"Dir::Cache", folder + "/cache/"},
      {"Dir::Cache::archives", folder + "/cache/archives/"},
      // apt would keep a compressed protocol of every simulation.
      {"Dir::Log", folder + "/state/"},
      {"Dir::Log::Planner", "/dev/null"},
      {"Dir::Etc::sourcelist", "/dev/null"},
      {"Dir::Etc::sourceparts", folder + "/sources.list.d/"},
      {"Dir::Etc::preferences", folder + "/preferences"},
      {"Dir::Etc::preferencesparts", folder + "/preferences.d/"},
      // Read after this file, these could bring hooks and other folders back.
      {"Dir::Etc::main", "/dev/null"},
      {"Dir::Etc::parts", "/dev/null"},
  };
}

std::string render(const std::vector<Setting>& settings) {
  std::string text;
  for (const Setting& setting : settings) text += fmt::format("{} \"{}\";\n", setting.name, setting.path);
  return text;
}

// What the target's administrator told apt about the network.
Result<std::vector<std::string>> network_settings(const TargetFiles& target, const std::string& folder) {
  const auto main_file = target.place("/etc/apt/apt.conf");
  if (!main_file) return fail(main_file.error());
  const auto parts = target.place("/etc/apt/apt.conf.d");
  if (!parts) return fail(parts.error());
  const std::string content = render({{"Dir::Etc::main", *main_file}, {"Dir::Etc::parts", *parts}});
  const std::string config = folder + "/target.conf";
  if (const Status written = write_if_changed(target.machine(), config, content, 0644); !written)
    return fail(written.error());
  const auto dump = target.machine().run({{"apt-config", "dump"}, {{"APT_CONFIG", config}}}, {});
  if (!dump) return fail(dump.error());
  return kept_settings(dump->out, target.is_machine());
}

// Copies that apt's unprivileged user can read, for the caller's own may be out of its reach.
Result<std::vector<HostCertificates>> copy_certificates(Host& machine, const std::string& folder,
                                                        const NetworkSettings& network) {
  std::vector<HostCertificates> certificates = host_certificates(network);
  for (HostCertificates& each : certificates) {
    const auto content = machine.read_file(each.ca_file);
    if (!content) return fail(content.error().in("reading the certificates of a mirror"));
    if (!*content)
      return fail(ErrorKind::usage, fmt::format("the file of certificates `{}` is not there", each.ca_file));
    each.ca_file = fmt::format("{}/certificates/{}.pem", folder, sha256_hex(**content).substr(0, 16));
    if (const Status written = write_if_changed(machine, each.ca_file, **content, 0644); !written)
      return fail(written.error());
  }
  return certificates;
}

Status write_config(const TargetFiles& target, const PrivateApt& apt, const std::string& folder,
                    const std::vector<std::string>& names) {
  const auto target_paths = target_settings(target, folder);
  if (!target_paths) return fail(target_paths.error());
  auto network = network_settings(target, folder);
  if (!network) return fail(network.error());
  const auto certificates = copy_certificates(target.machine(), folder, apt.network);
  if (!certificates) return fail(certificates.error());
  // Last, so that they count and not the target's.
  for (std::string& line : apt_network_lines(apt.network, *certificates)) network->push_back(std::move(line));
  std::string text = "// Written by nvprov for a look at the repositories; the host's own files are untouched.\n";
  text += architecture_settings(names) + render(folder_settings(folder)) + render(*target_paths);
  text += "Acquire::Languages \"none\";\n";
  for (const std::string& line : *network) text += line + "\n";
  // A proxy's password is for the caller alone; then apt's unprivileged user cannot read the file and is not used.
  const bool secret = std::ranges::any_of(*network, [](const std::string& line) { return contains(line, "@"); });
  if (secret) text += "APT::Sandbox::User \"root\";\n";
  return write_if_changed(target.machine(), folder + "/apt.conf", text, secret ? 0600 : 0644);
}

Status write_files(const TargetFiles& target, const PrivateApt& apt, const std::string& path, const HostFacts& facts,
                   const ConsultedRepositories& repositories, const PrivateSources& sources) {
  const std::string list = render_deb822_sources(sources.entries);
  // Only for the caller: an entry may hold a password.
  if (const Status done = write_if_changed(target.machine(), path + "/sources.list.d/nvprov.sources", list, 0600);
      !done)
    return done;
  if (const Status done = write_pins(target.machine(), path, pin_files(facts, repositories)); !done) return done;
  if (const Status done = copy_keys(target, path, sources); !done) return done;
  return write_config(target, apt, path, architectures(target, facts));
}

// The keys decide what is trusted, so indexes of different targets never share a folder.
std::string folder_name(const TargetFiles& target, const PrivateApt& apt, const HostFacts& facts,
                        const PrivateSources& sources) {
  const std::string identity = fmt::format("{}\n{}\n{}", apt.target_root, join(architectures(target, facts), " "),
                                           render_deb822_sources(sources.entries));
  return sha256_hex(identity).substr(0, 16);
}

bool fits_apt_conf(std::string_view path) {
  return path.starts_with('/') && path.find_first_of("\"\\\n") == std::string_view::npos;
}

}  // namespace

Result<AptFolder> open_apt_folder(const TargetFiles& target, const PrivateApt& apt, const HostFacts& facts,
                                  const ConsultedRepositories& repositories) {
  Host& machine = target.machine();
  if (!fits_apt_conf(apt.cache_folder) || !fits_apt_conf(apt.target_root))
    return fail(ErrorKind::usage, fmt::format("apt cannot work in the folder {}", apt.cache_folder));
  if (const Status made = make_cache_folder(machine, apt.cache_folder); !made) return fail(made.error());
  // The names of key copies stand in the sources, and the sources name the folder: a fixed word breaks the circle.
  const auto named = private_sources(repositories, apt.target_root, "keys");
  if (!named) return fail(named.error());
  const std::string path = fmt::format("{}/apt/{}", apt.cache_folder, folder_name(target, apt, facts, *named));
  if (const Status made = make_folders(machine, path); !made) return fail(made.error());
  auto lock = wait_for_lock(machine, path + "/lock");
  if (!lock) return fail(lock.error());
  const auto sources = private_sources(repositories, apt.target_root, path + "/keys");
  if (!sources) return fail(sources.error());
  if (const Status written = write_files(target, apt, path, facts, repositories, *sources); !written)
    return fail(written.error());
  return AptFolder{path, std::move(*lock)};
}

Result<CommandOutput> run_apt(Host& machine, const AptFolder& folder, std::vector<std::string> argv) {
  return machine.run({std::move(argv), {{"APT_CONFIG", folder.path + "/apt.conf"}}}, {});
}

}  // namespace nvprov
