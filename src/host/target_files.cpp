#include "host/target_files.hpp"

#include "host/rooted_path.hpp"

namespace nvprov {

Result<std::string> TargetFiles::place(const std::string& path) const {
  if (is_machine()) return path;
  if (!is_here()) return fail("the target's files are not here");
  return rooted_path(root_, path, true);
}

std::optional<std::string> TargetFiles::read(const std::string& path) const {
  const auto real = place(path);
  if (!real) return std::nullopt;
  const auto text = machine_.read_file(*real);
  return text ? *text : std::nullopt;
}

std::vector<std::string> TargetFiles::list(const std::string& path) const {
  const auto real = place(path);
  if (!real) return {};
  const auto names = machine_.list_directory(*real);
  return names && *names ? **names : std::vector<std::string>();
}

}  // namespace nvprov
