#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "cli/bundle_options.hpp"
#include "cli/command_tree.hpp"
#include "cli/manifest_options.hpp"
#include "cli/usage_error.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

std::vector<std::string> split_lists(const std::vector<std::string>& lists) {
  std::vector<std::string> items;
  for (const std::string& list : lists)
    for (const std::string& item : split(list, ','))
      if (const auto word = trim(item); !word.empty()) items.emplace_back(word);
  return items;
}

// A range with a comma in it would become two requests, each for something else than was meant.
Status check_cuda_list(const std::vector<std::string>& releases) {
  const bool has_bound = std::ranges::any_of(releases, [](const std::string& each) {
    return each.front() == '<' || each.front() == '>' || each.front() == '!';
  });
  if (releases.size() < 2 || !has_bound) return {};
  return fail(ErrorKind::usage,
              fmt::format("`--cuda {}`: a comma parts releases that are to stand side by side", join(releases, ",")),
              {}, {"write a range with a blank: `--cuda '>=12.4 <13'`"});
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

bool names_a_machine(const CLI::App& command) {
  return std::ranges::any_of(command.get_options(), [](const CLI::Option* option) {
    return option->count() > 0 && option->get_group() == "Which machine";
  });
}

Status finish(Typed& typed, const CLI::App& app) {
  Request& request = typed.apply.plan.request;
  if (!typed.profiles.empty()) request.profiles = split_lists(typed.profiles);
  request.libraries = split_lists(typed.libraries);
  request.tools = split_lists(typed.tools);
  request.additions = split_lists(typed.additions);
  request.engines = split_lists(typed.engines);
  if (!typed.cuda.empty()) {
    request.cuda = split_lists(typed.cuda);
    if (const Status list = check_cuda_list(request.cuda); !list) return list;
  }
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
  } else if (app.got_subcommand("lock")) {
    typed.lock.plan = typed.apply.plan;
    typed.line.command = typed.lock;
  } else if (app.got_subcommand("bundle"))
    return set_bundle_command(typed, *app.get_subcommand("bundle"));
  else if (app.got_subcommand("audit"))
    typed.line.command = typed.audit;
  else if (app.got_subcommand("verify"))
    typed.line.command = typed.verify;
  else if (app.got_subcommand("completion"))
    typed.line.command = CompletionCommand{typed.shell};
  else if (app.got_subcommand("matrix"))
    typed.line.command = typed.matrix;
  else if (app.got_subcommand("manifest"))
    return set_manifest_command(typed);
  else if (app.got_subcommand("explain"))
    typed.line.command = ExplainCommand{.name = join(typed.explained, " "),
                                        .plan = typed.apply.plan,
                                        .saved_plan = typed.apply.saved_plan,
                                        .language = typed.language,
                                        .target_given = names_a_machine(*app.get_subcommand("explain"))};
  else if (app.got_subcommand("manual"))
    typed.line.command = ManualCommand{};
  else
    typed.line.command = StatusCommand{};
  return {};
}

const PlanCommand* plan_of(const CommandLine& line) {
  if (const auto* explain = std::get_if<ExplainCommand>(&line.command)) return &explain->plan;
  return std::get_if<PlanCommand>(&line.command);
}

Status check_lock_options(const CommandLine& line) {
  const auto* apply = std::get_if<ApplyCommand>(&line.command);
  if (apply != nullptr && apply->lock && (apply->saved_plan || apply->request_given))
    return fail(ErrorKind::usage, "a lock already says what is wanted", {},
                {"give `--lock` alone; consent flags and `--root` go with it"});
  if (apply != nullptr && apply->bundle && (apply->lock || apply->saved_plan || apply->request_given))
    return fail(ErrorKind::usage, "a bundle already says what is wanted", {},
                {"give `--bundle` alone; consent flags, `--key` and `--root` go with it"});
  if (apply != nullptr && apply->key && !apply->bundle)
    return fail(ErrorKind::usage, "`--key` goes with `--bundle`", {}, {"`nvprov apply --bundle FILE --key FILE`"});
  const auto* audit = std::get_if<AuditCommand>(&line.command);
  if (audit != nullptr && audit->lock && audit->without_lock)
    return fail(ErrorKind::usage, "`--lock` and `--no-lock` exclude each other", {}, {"give one of them"});
  const auto* lock = std::get_if<LockCommand>(&line.command);
  if (lock != nullptr && lock->update && lock->format != LockFormat::lock)
    return fail(ErrorKind::usage, "`--update` writes a lock, and `--format` another form of one", {},
                {"write the new lock first, then `nvprov lock FILE --format spdx`"});
  return {};
}

// The name goes on an engine's command line, where a dash would make an option of it.
Status check_verify_options(const CommandLine& line) {
  const auto* verify = std::get_if<VerifyCommand>(&line.command);
  if (verify == nullptr || !verify->image) return {};
  if (verify->image->empty() || verify->image->starts_with('-'))
    return fail(ErrorKind::usage, fmt::format("`{}` is no name of an image", *verify->image), {},
                {"`nvprov verify --image ubuntu:24.04`"});
  if (verify->root || verify->level != VerifyLevel::container)
    return fail(ErrorKind::usage, "`--image` is for containers, and none is started here", {},
                {verify->root ? "a disk that does not run starts none: leave `--image` out"
                              : "leave `--level` out, or ask for `--level container`"});
  return {};
}

Status check_combinations(const CommandLine& line) {
  const PlanCommand* plan = plan_of(line);
  const ApplyCommand* apply = std::get_if<ApplyCommand>(&line.command);
  const ExportCommand* exported = std::get_if<ExportCommand>(&line.command);
  const bool both = (apply != nullptr && apply->saved_plan && apply->request_given) ||
                    (exported != nullptr && exported->saved_plan && exported->request_given);
  if (both)
    return fail(ErrorKind::usage, "a saved plan already says what is wanted", {},
                {"give either the file or options; consent flags go with both"});
  if (const Status locks = check_lock_options(line); !locks) return locks;
  if (const Status verify = check_verify_options(line); !verify) return verify;
  if (const auto* explain = std::get_if<ExplainCommand>(&line.command);
      explain != nullptr && explain->saved_plan && explain->target_given)
    return fail(ErrorKind::usage, "a saved plan already says for which machine it is", {},
                {"give either `--plan` or options that name a machine"});
  if (plan == nullptr) return {};
  const TargetOptions& target = plan->target;
  if (target.facts_dir && (target.root || target.facts || target.distro))
    return fail(ErrorKind::usage, "`--facts-dir` names many machines, and `--root`, `--facts` and `--distro` one each",
                {}, {"give one of them"});
  if (target.facts_dir && (plan->why_not || plan->explain))
    return fail(ErrorKind::usage, "`--why-not` and `--explain` are about one host, and `--facts-dir` names many", {},
                {"`nvprov plan --facts FILE --explain` explains the plan of one of them"});
  if (target.facts_dir && plan->output)
    return fail(ErrorKind::usage, "`-o` saves the plan of one machine, and `--facts-dir` names many", {},
                {"`nvprov plan --facts-dir DIR --json > plans.json` keeps all of them"});
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
  CLI::App app;
  add_commands(app, typed);
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
    if (app.count("--licenses") > 0) typed.line.command = LicensesCommand{};
    return typed.line;
  } catch (const CLI::ParseError& problem) {
    return fail(usage_error(app, problem, arguments));
  }
  if (app.count("--licenses") > 0)
    return fail(ErrorKind::usage, "`--licenses` goes with `--version`", {}, {"`nvprov --version --licenses`"});
  if (const Status network = read_network(typed); !network) return fail(network.error());
  if (const Status finished = finish(typed, app); !finished) return fail(finished.error());
  if (const Status combined = check_combinations(typed.line); !combined) return fail(combined.error());
  return typed.line;
}

}  // namespace nvprov
