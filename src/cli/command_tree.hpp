#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"

namespace nvprov {

// The commands and options as CLI11 knows them: what is parsed, and what --help, the manual page and completions say.

// What CLI11 fills; lists and words are made values afterwards.
struct Typed {
  CommandLine line;
  DetectCommand detect;
  ApplyCommand apply;                        // plan, export and lock fill apply.plan, export apply.saved_plan too
  LockCommand lock;                          // its plan is apply.plan
  BundleCommand bundle;                      // its plan is apply.plan, its key apply.key
  std::optional<std::string> bundle_first;   // FILE, or "verify"
  std::optional<std::string> bundle_second;  // the file to verify
  AuditCommand audit;
  VerifyCommand verify;
  ExportFormat format = ExportFormat::shell;
  Shell shell = Shell::bash;
  MatrixCommand matrix;
  ManifestAction manifest_action = ManifestAction::lint;
  std::optional<std::string> manifest_first;   // KIND, or a folder
  std::optional<std::string> manifest_second;  // ID, or another folder
  std::vector<std::string> explained;          // the words of a name or a question
  std::optional<Language> language;
  std::vector<std::string> libraries;
  std::vector<std::string> tools;
  std::vector<std::string> additions;
  std::vector<std::string> engines;
  std::vector<std::string> cuda;
  std::vector<std::string> profiles;
  std::vector<std::string> mirrors;
  std::optional<std::string> mirror_key;
  bool are_licenses_wanted = false;
};

// Sets up every command and option; parsing fills `typed`, which must live as long as the app.
void add_commands(CLI::App& app, Typed& typed);

// Command lines to copy, of one command or ("") of the program without one.
std::vector<std::string_view> examples_of(std::string_view command);

}  // namespace nvprov
