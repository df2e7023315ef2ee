#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

constexpr const char* exit_codes_footer =
    "Exit codes: 0 done or nothing to do; 1 failed; 2 usage, not root, invalid input; 3 unsatisfiable, a blocker or\n"
    "missing consent; 4 the host differs; 5 not trusted; 6 reboot needed (--detailed-exitcode); 130 declined.";

// Lines to copy, under the options; then what the exit code means.
std::string examples(std::initializer_list<std::string_view> lines) {
  std::string text = "Examples:\n";
  for (const std::string_view line : lines) text += fmt::format("  {}\n", line);
  return text + "\n" + exit_codes_footer;
}

const std::map<std::string, Target> target_words = {{"host", Target::host}, {"image", Target::image}};
const std::map<std::string, ExportFormat> format_words = {{"shell", ExportFormat::shell},
                                                          {"dockerfile", ExportFormat::dockerfile},
                                                          {"cloud-init", ExportFormat::cloud_init}};
const std::map<std::string, Hold> hold_words = {
    {"version", Hold::version}, {"branch", Hold::branch}, {"none", Hold::none}};

// What CLI11 fills; lists and words are made values afterwards.
struct Typed {
  CommandLine line;
  DetectCommand detect;
  ApplyCommand apply;  // plan and export fill apply.plan, export apply.saved_plan too
  ExportFormat format = ExportFormat::shell;
  std::vector<std::string> libraries;
  std::vector<std::string> profiles;
  std::vector<std::string> mirrors;
  std::optional<std::string> mirror_key;
};

CLI::Option* one_value(CLI::Option* option, const std::string& type) {
  return option->type_name(type)->allow_extra_args(false);
}

void add_global_options(CLI::App& app, Typed& typed) {
  app.add_flag("--json", typed.line.global.json, "One JSON document on stdout, also on failure")->group("Output");
  app.add_flag("-q,--quiet", typed.line.global.quiet, "Nothing on stderr but errors")->group("Output");
  app.add_flag(
         "-v,--verbose", [&](std::int64_t count) { typed.line.global.verbosity = static_cast<int>(count); },
         "Sources and rejected candidates too")
      ->group("Output");
  one_value(app.add_option("--data", typed.line.global.data, "Overlay of manifests/ and distros/ (repeatable)"), "DIR")
      ->group("Output");
}

void add_target_options(CLI::App& app, PlanCommand& plan) {
  const char* group = "Which machine";
  one_value(app.add_option("--root", plan.target.root, "The disk of a host mounted at DIR"), "DIR")->group(group);
  one_value(app.add_option("--gpu", plan.request.gpus, "GPU by name or PCI id: T4, 8xH100, 10de:1eb8 (repeatable)"),
            "GPU")
      ->group(group);
  one_value(app.add_option("--kernel", plan.request.kernel, "Kernel release that will boot"), "RELEASE")->group(group);
}

void add_foreign_target_options(CLI::App& app, TargetOptions& target) {
  const char* group = "Which machine";
  one_value(app.add_option("--facts", target.facts, "Facts saved by `nvprov detect --json`"), "FILE")->group(group);
  one_value(app.add_option("--distro", target.distro, "A distribution of the catalog, such as debian-12"), "ID")
      ->group(group);
  one_value(app.add_option("--arch", target.arch, "Architecture of --distro, such as x86_64"), "ARCH")->group(group);
}

void add_request_options(CLI::App& app, Typed& typed) {
  const char* group = "What is wanted";
  Request& request = typed.apply.plan.request;
  one_value(app.add_option("--profile", typed.profiles, "deploy, also called runtime-only (default)"), "PROFILE")
      ->group(group);
  one_value(app.add_option("--cuda", request.cuda, "auto (default), none, 12.4, =12.4 or '>=12.4 <13'"), "CUDA")
      ->group(group);
  one_value(app.add_option("--driver", request.driver,
                           "auto (default), lts, production, newest, installed, a branch or a release"),
            "DRIVER")
      ->group(group);
  one_value(app.add_option("--source", request.source, "auto (default), distro or nvidia"), "SOURCE")->group(group);
  one_value(app.add_option("--libraries", typed.libraries, "CUDA libraries beside cudart: cublas,cufft or all"), "LIST")
      ->group(group);
  one_value(app.add_option_function<std::string>(
                "--target", [&request](const std::string& word) { request.target = target_words.at(word); },
                "host or image (a container image); default: as detected"),
            "TARGET")
      ->check(CLI::IsMember(target_words))
      ->group(group);
  one_value(app.add_option_function<std::string>(
                "--hold", [&request](const std::string& word) { request.hold = hold_words.at(word); },
                "Hold the driver at its version (default), its branch, or none"),
            "HOLD")
      ->check(CLI::IsMember(hold_words))
      ->group(group);
  app.add_flag("--offline", typed.apply.plan.offline, "Ask no network: cache and catalog only")->group(group);
}

void add_consent_options(CLI::App& app, Consent& consent) {
  const char* group = "Consent (-y agrees to adding only)";
  app.add_flag("--allow-removals", consent.removals, "Packages may be removed")->group(group);
  app.add_flag("--allow-downgrades", consent.downgrades, "Packages may be downgraded")->group(group);
  app.add_flag("--allow-held", consent.held, "Held packages may change")->group(group);
  app.add_flag("--allow-disruption", consent.disruption, "A driver in use may be replaced")->group(group);
  app.add_flag("--allow-mok", consent.mok, "Secure Boot: the module's key is enrolled by hand afterwards")
      ->group(group);
}

// What only a command that does something, or shows what it would do, knows.
void add_outcome_options(CLI::App& command, PlanCommand& plan) {
  command.add_flag("--reboot", plan.consent.reboot, "Reboot at the end if needed")
      ->group("Consent (-y agrees to adding only)");
  command.add_flag("--detailed-exitcode", plan.detailed_exit_code,
                   "plan: 4 when there is something to do; apply: 6 when a reboot is needed");
}

void add_network_options(CLI::App& app, Typed& typed) {
  const char* group = "Repositories and network";
  PlanCommand& plan = typed.apply.plan;
  one_value(app.add_option("--mirror", typed.mirrors, "Fetch what is below FROM from TO, both https (repeatable)"),
            "FROM=TO")
      ->group(group);
  one_value(app.add_option("--mirror-key", typed.mirror_key, "Fingerprint of the key these mirrors sign with"),
            "FINGERPRINT")
      ->group(group);
  one_value(app.add_option("--ca-file", plan.network.ca_file, "Certificates to trust in place of the system's (PEM)"),
            "FILE")
      ->group(group);
  one_value(app.add_option("--proxy", plan.network.proxy, "http, https or socks5h; default: environment, then set-up"),
            "URL")
      ->group(group);
  app.add_flag("--adopt", plan.consent.adopt, "Agree to moving entries of others that are in the way aside")
      ->group(group);
}

void add_detect(CLI::App& app, Typed& typed) {
  CLI::App* detect = app.add_subcommand("detect", "Show what is on this machine, without root and without a driver");
  one_value(detect->add_option("--root", typed.detect.root, "The disk of a host mounted at DIR"), "DIR");
  one_value(detect->add_option("--record", typed.detect.record, "Save this host as a fixture, without serials"), "DIR");
  detect->footer(examples({"nvprov detect --json >facts.json", "nvprov detect --root /mnt/disk"}));
}

void add_plan_options(CLI::App& command, Typed& typed) {
  add_request_options(command, typed);
  add_target_options(command, typed.apply.plan);
  add_network_options(command, typed);
  add_consent_options(command, typed.apply.plan.consent);
}

void add_plan(CLI::App& app, Typed& typed) {
  CLI::App* plan = app.add_subcommand("plan", "Show exactly what apply would do, changing nothing");
  add_plan_options(*plan, typed);
  add_outcome_options(*plan, typed.apply.plan);
  add_foreign_target_options(*plan, typed.apply.plan.target);
  one_value(plan->add_option("-o,--output", typed.apply.plan.output, "Save the plan for `nvprov apply FILE`"), "FILE");
  plan->footer(examples({"nvprov plan --cuda 12.4 -o plan.json", "nvprov plan --distro debian-13 --gpu 8xH100",
                         "nvprov plan --root /mnt/disk --gpu T4 --kernel 6.1.0-41-amd64"}));
}

void add_apply(CLI::App& app, Typed& typed) {
  CLI::App* apply = app.add_subcommand("apply", "Plan, show, ask, do");
  add_plan_options(*apply, typed);
  add_outcome_options(*apply, typed.apply.plan);
  apply->add_option("plan", typed.apply.saved_plan, "A plan saved by `nvprov plan -o FILE`")->type_name("FILE");
  apply->add_flag("-y,--yes", typed.apply.yes, "Do not ask; agrees to adding only");
  apply->add_flag("-n,--dry-run", typed.apply.dry_run, "The same as plan");
  apply->add_flag("--keep-cache", typed.apply.keep_cache,
                  "An image keeps indexes, archives and logs; default: as they were before");
  one_value(apply->add_option("--lock-timeout", typed.apply.lock_timeout, "How long to wait for dpkg's lock"),
            "SECONDS")
      ->check(CLI::Range(0, 86400));
  apply->footer(examples({"sudo nvprov apply", "nvprov apply plan.json -y",
                          "nvprov apply --target image --cuda 12.4 -y"}));
}

void add_export(CLI::App& app, Typed& typed) {
  CLI::App* exported =
      app.add_subcommand("export", "Write the same plan as a script, Dockerfile lines or cloud-init user data");
  add_plan_options(*exported, typed);
  exported
      ->add_option_function<std::string>(
          "format", [&typed](const std::string& word) { typed.format = format_words.at(word); },
          "shell, dockerfile or cloud-init")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(format_words))
      ->required();
  exported->add_option("plan", typed.apply.saved_plan, "A plan saved by `nvprov plan -o FILE`; default: a new plan")
      ->type_name("FILE");
  one_value(exported->add_option("-o,--output", typed.apply.plan.output, "Write to FILE and not to stdout"), "FILE");
  exported->footer(examples({"nvprov export shell --gpu T4 -o set-up.sh",
                             "nvprov export dockerfile --target image --cuda 12.4",
                             "nvprov export cloud-init plan.json"}));
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

Error usage_error(const CLI::App& app, const CLI::ParseError& problem, const std::vector<std::string>& arguments) {
  const CLI::App& command = chosen_command(app);
  std::string message = problem.what();
  Error error{.kind = ErrorKind::usage, .message = {}, .because = {}, .hints = {}, .context = {}};
  std::vector<std::string> known = option_names(command);
  for (const std::string& name : option_names(app)) known.push_back(name);
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(each->get_name());
  if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr) {
    const auto extras = app.remaining(true);
    const std::string unknown =
        extras.empty() ? (arguments.empty() ? "" : arguments.back()) : split(extras.front(), '=').front();
    message = fmt::format("`{}` is not understood{}", unknown,
                          &command == &app ? "" : fmt::format(" by `nvprov {}`", command.get_name()));
    if (const auto suggestion = did_you_mean(unknown, known))
      error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  }
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr)
    message = fmt::format("`nvprov {}` needs a {}", command.get_name(), split_words(message).front());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr)
    message = fmt::format("`{}` needs a value", split(message, ':').front());
  error.message = std::move(message);
  error.hints.push_back(&command == &app ? "`nvprov --help`" : fmt::format("`nvprov {} --help`", command.get_name()));
  return error;
}

std::vector<std::string> split_lists(const std::vector<std::string>& lists) {
  std::vector<std::string> items;
  for (const std::string& list : lists)
    for (const std::string& item : split(list, ','))
      if (const auto word = trim(item); !word.empty()) items.emplace_back(word);
  return items;
}

tl::unexpected<Error> bad_value(std::string_view option, const Complaint& complaint) {
  std::vector<std::string> hints;
  if (!complaint.hint.empty()) hints.push_back(complaint.hint);
  return fail(ErrorKind::usage, fmt::format("`{}`: {}", option, complaint.message), {}, std::move(hints));
}

// An address may hold `=`, so the border is where the second address begins.
Result<Mirror> read_mirror(const std::string& text) {
  std::size_t border = lower(text).find("=http");
  if (border == std::string::npos) border = text.find('=');
  if (border == std::string::npos)
    return bad_value("--mirror", {fmt::format("`{}` names one address", mask_credentials(text)),
                                  "write `--mirror FROM=TO`, such as `https://a.example.org=https://b.example.org`"});
  Mirror mirror{.from = text.substr(0, border), .to = text.substr(border + 1), .fingerprint = {}, .ca_file = {}};
  for (const std::string* address : {&mirror.from, &mirror.to})
    if (const auto complaint = a_mirror_url(*address)) return bad_value("--mirror", *complaint);
  return mirror;
}

// Blanks and small letters, as gpg prints them, are meant well.
std::string fingerprint_of(const std::string& text) {
  std::string fingerprint;
  for (const char letter : text)
    if (letter != ' ') fingerprint += letter >= 'a' && letter <= 'f' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return fingerprint;
}

Status read_network(Typed& typed) {
  NetworkSettings& network = typed.apply.plan.network;
  if (typed.mirror_key && typed.mirrors.empty())
    return fail(ErrorKind::usage, "`--mirror-key` goes with `--mirror`", {},
                {"a mirror of the configuration has its `fingerprint` there"});
  if (typed.mirror_key) typed.mirror_key = fingerprint_of(*typed.mirror_key);
  if (typed.mirror_key)
    if (const auto complaint = a_fingerprint(*typed.mirror_key)) return bad_value("--mirror-key", *complaint);
  for (const std::string& text : typed.mirrors) {
    auto mirror = read_mirror(text);
    if (!mirror) return fail(mirror.error());
    mirror->fingerprint = typed.mirror_key;
    network.mirrors.push_back(std::move(*mirror));
  }
  if (network.proxy)
    if (const auto complaint = a_proxy_url(*network.proxy)) return bad_value("--proxy", *complaint);
  return {};
}

bool shapes_the_plan(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const bool is_root = option->get_name() == "--root";  // where the plan is done, not what it says
    const std::string group = option->get_group();
    if (option->count() > 0 && !is_root && (group == "What is wanted" || group == "Which machine")) return true;
  }
  return false;
}

void finish(Typed& typed, const CLI::App& app) {
  Request& request = typed.apply.plan.request;
  if (!typed.profiles.empty()) request.profiles = split_lists(typed.profiles);
  request.libraries = split_lists(typed.libraries);
  if (app.got_subcommand("detect"))
    typed.line.command = typed.detect;
  else if (app.got_subcommand("plan"))
    typed.line.command = typed.apply.plan;
  else if (app.got_subcommand("apply")) {
    typed.apply.request_given = shapes_the_plan(*app.get_subcommand("apply"));
    typed.line.command = typed.apply;
  } else if (app.got_subcommand("export")) {
    typed.line.command = ExportCommand{.format = typed.format,
                                       .plan = typed.apply.plan,
                                       .saved_plan = typed.apply.saved_plan,
                                       .request_given = shapes_the_plan(*app.get_subcommand("export"))};
  } else
    typed.line.command = StatusCommand{};
}

Status check_combinations(const CommandLine& line) {
  const PlanCommand* plan = std::get_if<PlanCommand>(&line.command);
  const ApplyCommand* apply = std::get_if<ApplyCommand>(&line.command);
  const ExportCommand* exported = std::get_if<ExportCommand>(&line.command);
  const bool both = (apply != nullptr && apply->saved_plan && apply->request_given) ||
                    (exported != nullptr && exported->saved_plan && exported->request_given);
  if (both)
    return fail(ErrorKind::usage, "a saved plan already says what is wanted", {},
                {"give either the file or options; consent flags go with both"});
  if (plan == nullptr) return {};
  const TargetOptions& target = plan->target;
  const int kinds = (target.root ? 1 : 0) + (target.facts ? 1 : 0) + (target.distro ? 1 : 0);
  if (kinds > 1)
    return fail(ErrorKind::usage, "`--root`, `--facts` and `--distro` each name another machine", {},
                {"give one of them"});
  if (target.arch && !target.distro)
    return fail(ErrorKind::usage, "`--arch` goes with `--distro`", {},
                {"`nvprov plan --distro debian-12 --arch x86_64 --gpu T4`"});
  return {};
}

}  // namespace

bool asks_for_json(const std::vector<std::string>& arguments) {
  return std::ranges::find(arguments, "--json") != arguments.end();
}

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments) {
  Typed typed;
  CLI::App app{
      "Bring a Linux host, or an image, to the smallest correct NVIDIA software stack.\n"
      "Without a command: what is here, what is wrong, what to type next.",
      "nvprov"};
  app.set_version_flag("--version", "nvprov " NVPROV_VERSION);
  bool are_licenses_wanted = false;
  const CLI::Option* licenses =
      app.add_flag("--licenses", are_licenses_wanted, "With --version: the licences of everything linked in");
  app.require_subcommand(0, 1);
  app.fallthrough();
  add_global_options(app, typed);
  add_detect(app, typed);
  add_plan(app, typed);
  add_apply(app, typed);
  add_export(app, typed);
  app.footer(examples({"nvprov plan", "sudo nvprov apply", "nvprov plan --help"}));
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    const CLI::App& command = chosen_command(app);
    typed.line.command = PrintText{command.help(&command == &app ? "" : "nvprov")};
    return typed.line;
  } catch (const CLI::CallForVersion& version) {
    // Thrown before the other flags have written their values.
    typed.line.global.json = app.count("--json") > 0;
    typed.line.command = PrintText{std::string(version.what()) + "\n"};
    if (licenses->count() > 0) typed.line.command = LicensesCommand{};
    return typed.line;
  } catch (const CLI::ParseError& problem) {
    return fail(usage_error(app, problem, arguments));
  }
  if (licenses->count() > 0)
    return fail(ErrorKind::usage, "`--licenses` goes with `--version`", {}, {"`nvprov --version --licenses`"});
  if (const Status network = read_network(typed); !network) return fail(network.error());
  finish(typed, app);
  if (const Status combined = check_combinations(typed.line); !combined) return fail(combined.error());
  return typed.line;
}

}  // namespace nvprov
