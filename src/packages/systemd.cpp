#include "packages/systemd.hpp"

#include "base/text.hpp"
#include "model/words.hpp"

namespace nvprov {
namespace {

// "WantedBy=multi-user.target" is a link in multi-user.target.wants.
void add_links(std::vector<std::string>& links, std::string_view unit, std::string_view line, std::string_view key,
               std::string_view folder) {
  if (!line.starts_with(key)) return;
  for (const std::string& target : split_words(line.substr(key.size())))
    links.push_back("/etc/systemd/system/" + target + std::string(folder) + "/" + std::string(unit));
}

}  // namespace

const std::vector<std::string>& unit_folders() {
  static const std::vector<std::string> folders = {"/etc/systemd/system", "/usr/local/lib/systemd/system",
                                                   "/usr/lib/systemd/system", "/lib/systemd/system"};
  return folders;
}

std::vector<std::string> enabling_links(std::string_view unit, std::string_view file_text) {
  std::vector<std::string> links;
  bool is_install = false;
  for (const std::string& raw : split(file_text, '\n')) {
    const std::string_view line = trim(raw);
    if (line.starts_with("[")) is_install = line == "[Install]";
    if (!is_install) continue;
    add_links(links, unit, line, "WantedBy=", ".wants");
    add_links(links, unit, line, "RequiredBy=", ".requires");
  }
  return links;
}

bool is_enabling(const ManageService& step) {
  switch (step.action) {
    case ServiceAction::enable:
    case ServiceAction::enable_now: return true;
    case ServiceAction::reload:
    case ServiceAction::restart: return false;
  }
  return false;
}

std::vector<std::string> systemctl_argv(const ManageService& step) {
  if (step.action == ServiceAction::enable_now) return {"systemctl", "enable", "--now", step.unit};
  return {"systemctl", std::string(to_word(step.action)), step.unit};
}

std::vector<std::string> undo_systemctl_argv(const ManageService& step) {
  if (step.action == ServiceAction::enable) return {"systemctl", "disable", step.unit};
  if (step.action == ServiceAction::enable_now) return {"systemctl", "disable", "--now", step.unit};
  return systemctl_argv(step);
}

}  // namespace nvprov
