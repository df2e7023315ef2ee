#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "host/posix_file.hpp"
#include "host/recording_host.hpp"
#include "host/recording_json.hpp"
#include "host/rooted_path.hpp"
#include "host/scrub.hpp"

namespace nvprov {
namespace {

namespace fs = std::filesystem;

// Where a recorded path lies in the fixture, its folder made.
Result<std::string> place_for(const std::string& root, const std::string& path, bool follow_last) {
  const auto real = rooted_path(root, path, follow_last);
  if (!real) return fail(real.error());
  if (const Status made = make_real_directory(fs::path(*real).parent_path(), path, 0755); !made)
    return fail(made.error());
  return *real;
}

Status save_links(const Recording& recording, const std::string& root) {
  for (const auto& [path, text] : recording.links) {
    const auto place = place_for(root, path, false);
    if (!place) return fail(place.error());
    std::error_code error;
    fs::create_symlink(scrub(text), *place, error);
    if (error) return fail(system_error("make the link", *place, error.value()));
  }
  return {};
}

Status save_files(const Recording& recording, const std::string& root) {
  for (const auto& [path, content] : recording.files) {
    const auto place = place_for(root, path, true);
    if (!place) return fail(place.error());
    if (const Status written = replace_real_file(*place, *place, scrub(content), 0644); !written) return written;
  }
  return {};
}

// What was only looked at is there as well, without content.
Status save_seen(const Recording& recording, const std::string& root) {
  for (const auto& [path, kind] : recording.seen) {
    const auto place = place_for(root, path, true);
    if (!place) return fail(place.error());
    std::error_code error;
    if (fs::exists(*place, error)) continue;
    const Status written = kind == FileInfo::Kind::directory ? make_real_directory(*place, *place, 0755)
                                                             : replace_real_file(*place, *place, "", 0644);
    if (!written) return written;
  }
  return {};
}

bool all_on_disk(const std::string& folder, const std::vector<std::string>& names) {
  std::error_code error;
  for (const std::string& name : names)
    if (!fs::exists(fs::symlink_status(folder + "/" + name, error))) return false;
  return !names.empty();  // an empty folder is lost on its way through version control
}

bool is_empty_folder(const std::string& folder) {
  std::error_code error;
  return fs::is_directory(folder, error) && fs::is_empty(folder, error);
}

// Lists kept in host.json: those with names of which nothing more was recorded, and empty folders.
Status save_host_file(const Recording& recording, const std::string& folder) {
  const std::string root = folder + "/root";
  Recording kept = recording;
  for (const auto& [path, kind] : recording.seen)
    if (const auto place = rooted_path(root, path, true); place && is_empty_folder(*place)) kept.listings[path];
  std::erase_if(kept.listings, [&](const auto& listing) {
    const auto place = rooted_path(root, listing.first, true);
    return place && all_on_disk(*place, listing.second);
  });
  for (auto& [command, output] : kept.commands) {
    output.out = scrub(output.out);
    output.err = scrub(output.err);
  }
  for (EnvironmentVariable& variable : kept.environment) variable.value = scrub(variable.value);
  return replace_real_file(folder + "/host.json", folder + "/host.json", format_json(recording_to_json(kept)), 0644);
}

Status save_into(const Recording& recording, const std::string& folder) {
  const std::string root = folder + "/root";
  if (const Status made = make_real_directory(root, root, 0755); !made) return made;
  if (const Status saved = save_links(recording, root); !saved) return saved;
  if (const Status saved = save_files(recording, root); !saved) return saved;
  if (const Status saved = save_seen(recording, root); !saved) return saved;
  return save_host_file(recording, folder);
}

}  // namespace

Status save_recording(const RecordingHost& host, const std::string& directory) {
  const fs::path target = fs::absolute(directory).lexically_normal();
  const std::string name = target.has_filename() ? target.string() : target.parent_path().string();
  std::error_code error;
  if (fs::exists(name, error) && !is_empty_folder(name))
    return fail(ErrorKind::usage, fmt::format("{} is there and not empty", directory), {},
                {"name a folder that does not exist yet"});
  const std::string fresh = name + ".nvprov-new";
  fs::remove_all(fresh, error);
  Status saved = save_into(host.recording(), fresh);
  if (saved) {
    fs::rename(fresh, name, error);
    if (error) saved = fail(system_error("write", directory, error.value()));
  }
  if (!saved) fs::remove_all(fresh, error);
  return saved;
}

}  // namespace nvprov
