#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "host/posix_file.hpp"
#include "host/posix_host.hpp"
#include "host/recording_host.hpp"
#include "host/recording_json.hpp"

namespace nvprov {
namespace {

using Operation = Recording::Operation;

// A host that answers only from what was recorded.
class FixtureHost : public HostView {
 public:
  FixtureHost(Recording recording, const std::string& root)
      : recorded_(std::move(recording)), files_(make_posix_host(root)) {}

  bool is_live() const override { return recorded_.live; }

  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    if (const auto* error = error_of(path, Operation::read)) return fail(*error);
    return files_->read_file(path);
  }

  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    if (const auto* error = error_of(path, Operation::list)) return fail(*error);
    const auto listing = recorded_.listings.find(path);
    if (listing != recorded_.listings.end()) return listing->second;
    return files_->list_directory(path);
  }

  Result<std::optional<FileInfo>> link_info(const std::string& path) const override {
    if (const auto* error = error_of(path, Operation::look)) return fail(*error);
    return or_listed(path, files_->link_info(path));
  }

  Result<std::optional<FileInfo>> file_info(const std::string& path) const override {
    if (const auto* error = error_of(path, Operation::look)) return fail(*error);
    return or_listed(path, files_->file_info(path));
  }

  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    if (const auto* error = error_of(path, Operation::link)) return fail(*error);
    return files_->read_link(path);
  }

  Result<Uname> uname() const override {
    if (!recorded_.uname) return fail("the kernel's name was not recorded");
    return *recorded_.uname;
  }

  Result<std::uint32_t> effective_user() const override {
    if (!recorded_.effective_user) return fail("the user was not recorded");
    return *recorded_.effective_user;
  }

  std::optional<std::string> environment(const std::string& name) const override {
    const auto variable = std::ranges::find(recorded_.environment, name, &EnvironmentVariable::name);
    return variable == recorded_.environment.end() ? std::nullopt : std::optional(variable->value);
  }

  Result<CommandOutput> query(const Command& command) const override {
    for (const auto& [known, output] : recorded_.commands)
      if (known.argv == command.argv) return output;
    return fail(ErrorKind::failed, fmt::format("`{}` was not recorded", join(command.argv, " ")), {},
                {"record it in host.json, under \"commands\", with what it really prints:",
                 std::string(trim(format_json(command_to_json(command, {}))))});
  }

 private:
  const std::string* error_of(const std::string& path, Operation operation) const {
    const auto error = recorded_.errors.find({path, operation});
    return error == recorded_.errors.end() ? nullptr : &error->second;
  }

  // A folder of which only the list of names was kept (an empty one, for example) is there as well.
  Result<std::optional<FileInfo>> or_listed(const std::string& path, Result<std::optional<FileInfo>> found) const {
    const bool listed = recorded_.listings.contains(path);
    if (!listed || !found || *found) return found;
    return FileInfo{.kind = FileInfo::Kind::directory, .mode = 0755};
  }

  Recording recorded_;
  std::unique_ptr<Host> files_;
};

std::vector<std::string> in_words(const Diagnostics& problems) {
  std::vector<std::string> lines;
  for (const Diagnostic& problem : problems)
    lines.push_back(fmt::format("{}: {}: {}", problem.file, problem.place, problem.message));
  return lines;
}

}  // namespace

Result<std::unique_ptr<HostView>> load_recording(const std::string& directory) {
  const std::string file = directory + "/host.json";
  const auto text = read_real_file(file, file);
  if (!text) return fail(text.error());
  if (!*text)
    return fail(ErrorKind::usage, fmt::format("{} is no recorded host: it has no host.json", directory), {},
                {"make one with `nvprov detect --record DIR`"});
  auto recording = recording_from_json(**text, file);
  if (!recording) return fail(ErrorKind::usage, fmt::format("{} cannot be read", file), in_words(recording.error()));
  return std::make_unique<FixtureHost>(std::move(*recording), directory + "/root");
}

}  // namespace nvprov
