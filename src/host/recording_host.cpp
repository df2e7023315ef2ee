#include "host/recording_host.hpp"

#include <algorithm>

namespace nvprov {
namespace {

using Operation = Recording::Operation;

// Keeps the reason why something could not be looked at: "could not look" must come out of the fixture as well.
template <class T>
void keep_error(Recording& kept, const std::string& path, Operation operation, const Result<T>& answer) {
  if (!answer) kept.errors[{path, operation}] = answer.error().message;
}

}  // namespace

Result<std::optional<std::string>> RecordingHost::read_file(const std::string& path) const {
  auto answer = inner_.read_file(path);
  keep_error(kept_, path, Operation::read, answer);
  if (answer && *answer) kept_.files[path] = **answer;
  return answer;
}

Result<std::optional<std::vector<std::string>>> RecordingHost::list_directory(const std::string& path) const {
  auto answer = inner_.list_directory(path);
  keep_error(kept_, path, Operation::list, answer);
  if (answer && *answer) kept_.listings[path] = **answer;
  return answer;
}

Result<std::optional<FileInfo>> RecordingHost::link_info(const std::string& path) const {
  auto answer = inner_.link_info(path);
  keep_error(kept_, path, Operation::look, answer);
  if (!answer || !*answer) return answer;
  if ((*answer)->kind == FileInfo::Kind::symlink)
    (void)read_link(path);  // a link is recorded by its text
  else
    kept_.seen[path] = (*answer)->kind;
  return answer;
}

Result<std::optional<FileInfo>> RecordingHost::file_info(const std::string& path) const {
  auto answer = inner_.file_info(path);
  keep_error(kept_, path, Operation::look, answer);
  if (answer && *answer) kept_.seen[path] = (*answer)->kind;
  return answer;
}

Result<std::optional<std::string>> RecordingHost::read_link(const std::string& path) const {
  auto answer = inner_.read_link(path);
  keep_error(kept_, path, Operation::link, answer);
  if (answer && *answer) kept_.links[path] = **answer;
  return answer;
}

Result<Uname> RecordingHost::uname() const {
  auto answer = inner_.uname();
  if (answer) kept_.uname = *answer;
  return answer;
}

Result<std::uint32_t> RecordingHost::effective_user() const {
  auto answer = inner_.effective_user();
  if (answer) kept_.effective_user = *answer;
  return answer;
}

std::optional<std::string> RecordingHost::environment(const std::string& name) const {
  auto answer = inner_.environment(name);
  const bool known = std::ranges::find(kept_.environment, name, &EnvironmentVariable::name) != kept_.environment.end();
  if (answer && !known) kept_.environment.push_back({name, *answer});
  return answer;
}

Result<CommandOutput> RecordingHost::query(const Command& command) const {
  auto answer = inner_.query(command);
  if (answer) kept_.commands.emplace_back(command, *answer);
  return answer;
}

std::unique_ptr<RecordingHost> make_recording_host(const HostView& inner) {
  return std::make_unique<RecordingHost>(inner);
}

const HostView& view_of(const RecordingHost& host) { return host; }

}  // namespace nvprov
