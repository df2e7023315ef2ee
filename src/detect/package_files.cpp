#include "detect/package_files.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "detect/look.hpp"
#include "detect/rpm.hpp"

namespace nvprov {
namespace {

constexpr const char* file_lists_folder = "/var/lib/dpkg/info";

bool lists_file(std::string_view list, const std::string& file) {
  const std::string line = "\n" + file + "\n";
  return contains(list, line) || list.starts_with(line.substr(1));
}

// On a host with /usr merged, a package may list /lib/x for what is /usr/lib/x too, or the other way round.
bool owns(std::string_view list, const std::string& file) {
  return lists_file(list, file) || lists_file(list, file.starts_with("/usr/") ? file.substr(4) : "/usr" + file);
}

}  // namespace

std::vector<std::string> unowned_files(const HostView& host, const std::vector<std::string>& files,
                                       std::string_view fact, Diagnostics& diagnostics) {
  std::vector<std::string> unowned = files;
  if (unowned.empty()) return unowned;
  for (const std::string& name : list_names(host, file_lists_folder, fact, diagnostics)) {
    if (!name.ends_with(".list")) continue;
    const auto list = read_text(host, std::string(file_lists_folder) + "/" + name, fact, diagnostics);
    if (list) std::erase_if(unowned, [&](const std::string& file) { return owns(*list, file); });
  }
  const auto database = unowned.empty() ? std::nullopt : find_rpm_database(host, fact, diagnostics);
  return database ? unowned_by_rpm(host, *database, unowned, fact, diagnostics) : unowned;
}

}  // namespace nvprov
