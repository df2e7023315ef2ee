#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "model/concept.hpp"
#include "model/network.hpp"
#include "model/request.hpp"
#include "model/verification.hpp"

namespace nvprov {

// The command line as values; every option takes one value, several are given by repeating it.

struct GlobalOptions {
  bool json = false;
  bool quiet = false;
  int verbosity = 0;
  std::vector<std::string> data;  // overlay folders, later ones win

  bool operator==(const GlobalOptions&) const = default;
};

// Which machine is meant.
struct TargetOptions {
  std::optional<std::string> root;       // --root DIR
  std::optional<std::string> facts;      // --facts FILE
  std::optional<std::string> facts_dir;  // --facts-dir DIR: many
  std::optional<std::string> distro;     // --distro debian-12
  std::optional<std::string> arch;       // --arch x86_64

  bool operator==(const TargetOptions&) const = default;
};

struct StatusCommand {
  bool operator==(const StatusCommand&) const = default;
};

struct DetectCommand {
  std::optional<std::string> root;
  std::optional<std::string> record;

  bool operator==(const DetectCommand&) const = default;
};

struct PlanCommand {
  TargetOptions target;
  Request request;
  Consent consent;
  NetworkSettings network;  // as typed; cli/config.hpp adds the environment and the configuration
  bool offline = false;
  bool anew = false;                        // as if no driver were there: what would be chosen today
  std::vector<std::string> forgotten = {};  // as if these packages were not installed
  bool detailed_exit_code = false;
  bool explain = false;                // the plan with all that was looked at
  std::optional<std::string> why_not;  // one question about the choice, in place of the plan
  std::optional<std::string> output;

  bool operator==(const PlanCommand&) const = default;
};

struct ApplyCommand {
  PlanCommand plan;
  std::optional<std::string> saved_plan;
  std::optional<std::string> lock;    // what the host is to be brought to
  std::optional<std::string> bundle;  // the same, with all that it needs
  std::optional<std::string> key;     // public, that the bundle is to be signed with
  bool yes = false;
  bool dry_run = false;
  bool keep_cache = false;  // an image keeps indexes, archives and logs
  int lock_timeout = 600;
  bool request_given = false;  // an option that shapes the plan was typed

  bool operator==(const ApplyCommand&) const = default;
};

enum class ExportFormat { shell, dockerfile, cloud_init };

struct ExportCommand {
  ExportFormat format = ExportFormat::shell;
  PlanCommand plan;
  std::optional<std::string> saved_plan;
  bool request_given = false;  // an option that shapes the plan was typed

  bool operator==(const ExportCommand&) const = default;
};

enum class LockFormat { lock, spdx, cyclonedx };

// lock [FILE]
struct LockCommand {
  std::optional<std::string> file;  // a saved plan or a lock; absent: what is there now
  bool update = false;
  LockFormat format = LockFormat::lock;
  PlanCommand plan;  // the machine, and the network an update may use

  bool operator==(const LockCommand&) const = default;
};

// bundle [FILE]
struct BundleCommand {
  std::optional<std::string> file;     // a saved plan or a lock; absent: what a plan made now says
  PlanCommand plan;                    // what and for which machine; its output is the bundle
  std::optional<std::string> sign;     // private key
  std::optional<std::string> program;  // nvprov for a machine of another architecture

  bool operator==(const BundleCommand&) const = default;
};

// bundle verify FILE
struct BundleCheckCommand {
  std::string file;
  std::optional<std::string> key;  // public

  bool operator==(const BundleCheckCommand&) const = default;
};

struct AuditCommand {
  std::optional<std::string> lock;  // absent: the one apply left there
  std::optional<std::string> root;  // a folder, an archive, or "-"
  std::optional<Target> target;
  bool without_lock = false;

  bool operator==(const AuditCommand&) const = default;
};

struct VerifyCommand {
  VerifyLevel level = VerifyLevel::container;
  std::optional<std::string> root;
  std::optional<std::string> image;  // absent: one of nvprov's own
  bool detailed_exit_code = false;

  bool operator==(const VerifyCommand&) const = default;
};

enum class Shell { bash, zsh, fish };

struct CompletionCommand {
  Shell shell = Shell::bash;

  bool operator==(const CompletionCommand&) const = default;
};

struct ManualCommand {
  bool operator==(const ManualCommand&) const = default;
};

// matrix: what a compatibility table is narrowed to, and its form.
struct MatrixCommand {
  std::vector<std::string> gpus;
  std::optional<std::string> cuda;
  std::optional<std::string> driver;
  std::optional<std::string> distro;
  std::optional<std::string> arch;
  bool csv = false;
  std::optional<std::string> html;  // file

  bool operator==(const MatrixCommand&) const = default;
};

enum class ManifestAction { lint, show, diff };

// manifest lint [DIR]
struct LintCommand {
  std::optional<std::string> folder;  // absent: the data nvprov uses here

  bool operator==(const LintCommand&) const = default;
};

// manifest show KIND ID
struct ShowCommand {
  std::string kind;  // one of raw_record_kinds()
  std::string id;

  bool operator==(const ShowCommand&) const = default;
};

// manifest diff [OLD] NEW
struct DiffCommand {
  std::string before;  // with `after` absent: the new data, against what nvprov uses here
  std::optional<std::string> after;

  bool operator==(const DiffCommand&) const = default;
};

// explain [NAME...]
struct ExplainCommand {
  std::string name;  // the words typed; "": the list of all
  PlanCommand plan;  // the machine asked about
  std::optional<std::string> saved_plan;
  std::optional<Language> language;  // absent: by the locale
  bool target_given = false;         // an option that names a machine was typed

  bool operator==(const ExplainCommand&) const = default;
};

// --version --licenses: everything linked in, with its licence.
struct LicensesCommand {
  bool operator==(const LicensesCommand&) const = default;
};

// Text to print and no command to run: --help, --version.
struct PrintText {
  std::string text;

  bool operator==(const PrintText&) const = default;
};

struct CommandLine {
  GlobalOptions global;
  std::variant<StatusCommand, DetectCommand, PlanCommand, ApplyCommand, ExportCommand, LockCommand, BundleCommand,
               BundleCheckCommand, AuditCommand, VerifyCommand, CompletionCommand, ManualCommand, MatrixCommand,
               LintCommand, ShowCommand, DiffCommand, ExplainCommand, LicensesCommand, PrintText>
      command;

  bool operator==(const CommandLine&) const = default;
};

// Reads the arguments (without the program's name); the error kind is usage, with suggestions.
Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments);

// True if these arguments ask for JSON, even where they cannot be read otherwise.
bool asks_for_json(const std::vector<std::string>& arguments);

}  // namespace nvprov
