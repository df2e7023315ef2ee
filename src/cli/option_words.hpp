#pragma once

#include <map>
#include <string>

#include "cli/options.hpp"

namespace nvprov {

// The words an option takes, where they are a closed list of the command line's own.

inline const std::map<std::string, Target> target_words = {{"host", Target::host}, {"image", Target::image}};
inline const std::map<std::string, Hold> hold_words = {
    {"version", Hold::version}, {"branch", Hold::branch}, {"none", Hold::none}};
inline const std::map<std::string, ExportFormat> format_words = {
    {"shell", ExportFormat::shell}, {"dockerfile", ExportFormat::dockerfile}, {"cloud-init", ExportFormat::cloud_init}};
inline const std::map<std::string, LockFormat> lock_format_words = {
    {"lock", LockFormat::lock}, {"spdx", LockFormat::spdx}, {"cyclonedx", LockFormat::cyclonedx}};
inline const std::map<std::string, VerifyLevel> level_words = {{"files", VerifyLevel::files},
                                                               {"driver", VerifyLevel::driver},
                                                               {"cuda", VerifyLevel::cuda},
                                                               {"container", VerifyLevel::container}};
inline const std::map<std::string, Language> language_words = {{"en", Language::en}, {"zh", Language::zh}};
inline const std::map<std::string, ManifestAction> manifest_actions = {
    {"lint", ManifestAction::lint}, {"show", ManifestAction::show}, {"diff", ManifestAction::diff}};
inline const std::map<std::string, Shell> shell_words = {
    {"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}};

}  // namespace nvprov
