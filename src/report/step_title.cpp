#include <fmt/format.h>

#include "model/words.hpp"
#include "report/apply_text.hpp"

namespace nvprov {
namespace {

std::string title(const AddRepository& step) {
  return fmt::format("add the repository file {}: {}{}", step.path, step.purpose,
                     step.third_party ? " (a third party's)" : "");
}

std::string title(const ImportKey& step) { return fmt::format("add the key of {} as {}", step.purpose, step.path); }

std::string title(const RemoveRepository& step) {
  return fmt::format("take the entry at line {} out of {}: {}", step.line, step.path, step.reason);
}

std::string title(const EnableRepository& step) {
  return fmt::format("switch on the repository {} in {}: {}", step.id, step.path, step.purpose);
}

std::string title(const SetModuleStream& step) {
  return fmt::format("enable the module stream {}:{}", step.module, step.stream);
}

std::string title(const HoldPackages& step) { return fmt::format("write {}: {}", step.path, step.purpose); }

std::string title(const RefreshMetadata&) { return "fetch the package indexes of every repository and check them"; }

std::string title(const WriteFile& step) {
  return fmt::format("write {}{}", step.path, step.purpose.empty() ? "" : ": " + step.purpose);
}

std::string title(const InstallPackages& step) {
  std::string text =
      fmt::format("install {} ({}) in one transaction", counted(step.packages.size(), "package"), step.purpose);
  if (step.allow_removals) text += ", removals allowed";
  if (step.allow_downgrades) text += ", downgrades allowed";
  if (step.allow_held) text += ", held packages included";
  return text;
}

std::string title(const SetPackageMark& step) {
  return fmt::format("mark {} as asked for: {}", join(step.packages, ", "), step.purpose);
}

std::string title(const SetAlternative& step) {
  return fmt::format("let {} lead to {}, by update-alternatives", step.link, step.target);
}

std::string title(const ConfigureContainerEngine& step) {
  return fmt::format("add {} to {}, a file of {}", step.purpose, step.path, step.engine);
}

std::string title(const ManageService& step) {
  switch (step.action) {
    case ServiceAction::reload:
    case ServiceAction::restart:
    case ServiceAction::enable: return fmt::format("{} {}: {}", to_word(step.action), step.unit, step.purpose);
    case ServiceAction::enable_now: return fmt::format("enable and start {}: {}", step.unit, step.purpose);
  }
  return "";
}

}  // namespace

std::string step_title(const Step& step) {
  return std::visit([](const auto& kind) { return title(kind); }, step);
}

}  // namespace nvprov
