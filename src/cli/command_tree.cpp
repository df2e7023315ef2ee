#include "cli/command_tree.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/option_words.hpp"
#include "report/layout.hpp"

namespace nvprov {
namespace {

constexpr int help_width = 110;

std::string exit_codes_footer() {
  std::vector<std::string> meanings;
  for (const ExitCodeMeaning& each : exit_code_meanings)
    meanings.push_back(fmt::format("{} {}", static_cast<int>(each.code), each.meaning));
  return wrap("Exit codes: " + join(meanings, "; ") + ".", help_width, "");
}

// Lines to copy, under the options; then what the exit code means.
void add_footer(CLI::App& command, std::string_view name) {
  std::string text = "Examples:\n";
  for (const std::string_view line : examples_of(name)) text += fmt::format("  {}\n", line);
  command.footer(text + "\n" + exit_codes_footer());
}

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

void add_facts_option(CLI::App& app, TargetOptions& target) {
  one_value(app.add_option("--facts", target.facts, "Facts saved by `nvprov detect --json`; - for stdin"), "FILE")
      ->group("Which machine");
}

void add_foreign_target_options(CLI::App& app, TargetOptions& target) {
  const char* group = "Which machine";
  add_facts_option(app, target);
  one_value(app.add_option("--distro", target.distro, "A distribution of the catalog, such as debian-12"), "ID")
      ->group(group);
  one_value(app.add_option("--arch", target.arch, "Architecture of --distro, such as x86_64"), "ARCH")->group(group);
}

void add_target_option(CLI::App& app, Request& request, const char* group) {
  one_value(app.add_option_function<std::string>(
                "--target", [&request](const std::string& word) { request.target = target_words.at(word); },
                "host or image (a container image); default: as detected"),
            "TARGET")
      ->check(CLI::IsMember(target_words))
      ->group(group);
}

void add_request_options(CLI::App& app, Typed& typed) {
  const char* group = "What is wanted";
  Request& request = typed.apply.plan.request;
  one_value(
      app.add_option("--profile", typed.profiles, "deploy, also called runtime-only (default), develop or container"),
      "PROFILE")
      ->group(group);
  one_value(app.add_option("--cuda", typed.cuda,
                           "auto (default), none, 12.4, =12.4 or '>=12.4 <13'; several side by side: 11.8,12.4"),
            "CUDA")
      ->group(group);
  one_value(app.add_option("--driver", request.driver,
                           "auto (default), lts, production, newest, installed, a branch or a release"),
            "DRIVER")
      ->group(group);
  one_value(app.add_option("--module", request.module, "Kernel module: auto (default), open or proprietary"), "MODULE")
      ->group(group);
  one_value(app.add_option("--source", request.source, "auto (default), distro or nvidia"), "SOURCE")->group(group);
  one_value(app.add_option("--libraries", typed.libraries, "CUDA libraries beside cudart: cublas,cufft or all"), "LIST")
      ->group(group);
  one_value(app.add_option("--tools", typed.tools, "develop: Nsight and what else there is: nsight-compute,... or all"),
            "TOOLS")
      ->group(group);
  one_value(app.add_option("--default-cuda", request.default_cuda,
                           "Of several CUDA releases the one /usr/local/cuda leads to"),
            "RELEASE")
      ->group(group);
  app.add_flag("--profile-d", request.profile_d, "develop: put the toolkit's programs on every user's search path")
      ->group(group);
  one_value(
      app.add_option(
          "--with", typed.additions,
          "Beside CUDA: cudnn, cudnn=9, nccl, compat; of the driver: video, graphics, desktop, gpudirect-storage"),
      "ADDITION")
      ->group(group);
  one_value(
      app.add_option("--engine", typed.engines,
                     "container: engines to set up, those found by default; docker,containerd,cri-o,podman or none"),
      "LIST")
      ->group(group);
  app.add_flag("--default-runtime", request.default_runtime,
               "container: every container of an engine gets NVIDIA's runtime")
      ->group(group);
  app.add_flag(
         "--no-restart", [&request](std::int64_t) { request.restart_engines = false; },
         "container: leave it to you that an engine takes its new settings")
      ->group(group);
  app.add_flag("--strict", request.strict, "Refuse what is no longer supported")->group(group);
  add_target_option(app, request, group);
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
  app.add_flag("--allow-disruption", consent.disruption, "A driver in use may be replaced, an engine restarted")
      ->group(group);
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
  add_footer(*detect, "detect");
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
  plan->add_flag("--explain", typed.apply.plan.explain,
                 "Show what else was looked at, why it was not taken, and sources");
  one_value(plan->add_option("--why-not", typed.apply.plan.why_not,
                             "Answer one question in place of the plan: 595, cuda=13.4, module=open, source=distro"),
            "CHOICE");
  one_value(plan->add_option("--facts-dir", typed.apply.plan.target.facts_dir,
                             "Many hosts, as with --offline: a folder of facts HOST.json, or - for lines on stdin; "
                             "exit code 2 if one is invalid, else 3 if one is refused or blocked"),
            "DIR")
      ->group("Which machine");
  one_value(plan->add_option("-o,--output", typed.apply.plan.output, "Save the plan for `nvprov apply FILE`"), "FILE");
  add_footer(*plan, "plan");
}

void add_apply(CLI::App& app, Typed& typed) {
  CLI::App* apply = app.add_subcommand("apply", "Plan, show, ask, do");
  add_plan_options(*apply, typed);
  add_outcome_options(*apply, typed.apply.plan);
  apply->add_option("plan", typed.apply.saved_plan, "A plan saved by `nvprov plan -o FILE`")->type_name("FILE");
  one_value(apply->add_option("--lock", typed.apply.lock, "Bring the host to this lock, or refuse"), "FILE");
  one_value(apply->add_option("--bundle", typed.apply.bundle, "The same for a bundle's lock, asking no network"),
            "FILE");
  one_value(apply->add_option("--key", typed.apply.key, "Public Ed25519 key the bundle has to be signed with (PEM)"),
            "FILE");
  apply->add_flag("-y,--yes", typed.apply.yes, "Do not ask; agrees to adding only");
  apply->add_flag("-n,--dry-run", typed.apply.dry_run, "The same as plan");
  apply->add_flag("--keep-cache", typed.apply.keep_cache,
                  "An image keeps indexes, archives and logs; default: as they were before");
  one_value(apply->add_option("--lock-timeout", typed.apply.lock_timeout, "How long to wait for dpkg's lock"),
            "SECONDS")
      ->check(CLI::Range(0, 86400));
  add_footer(*apply, "apply");
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
  add_footer(*exported, "export");
}

void add_lock(CLI::App& app, Typed& typed) {
  CLI::App* lock = app.add_subcommand("lock", "Write down what is there, or what a plan leads to, package by package");
  lock->add_option("file", typed.lock.file,
                   "A plan saved by `nvprov plan -o FILE`, or a lock; default: what is there now")
      ->type_name("FILE");
  one_value(lock->add_option("-o,--output", typed.apply.plan.output, "Write to FILE and not to stdout"), "FILE");
  one_value(lock->add_option_function<std::string>(
                "--format", [&typed](const std::string& word) { typed.lock.format = lock_format_words.at(word); },
                "lock (default), spdx (2.3) or cyclonedx (1.5)"),
            "LOCKFORMAT")
      ->check(CLI::IsMember(lock_format_words));
  lock->add_flag("--update", typed.lock.update, "Plan again what the lock asks for, and show what changes");
  add_target_options(*lock, typed.apply.plan);
  add_network_options(*lock, typed);
  add_footer(*lock, "lock");
}

void add_bundle(CLI::App& app, Typed& typed) {
  CLI::App* bundle = app.add_subcommand(
      "bundle",
      "Put all an installation needs in one file, for a machine without a network; `bundle verify` checks one");
  bundle
      ->add_option("file", typed.bundle_first,
                   "A plan saved by `nvprov plan -o FILE`, or a lock; default: a new plan; or the word verify")
      ->type_name("FILE");
  bundle->add_option("checked", typed.bundle_second, "The bundle to verify")->type_name("FILE");
  one_value(bundle->add_option("-o,--output", typed.apply.plan.output, "The bundle: a tar archive packed by zstd"),
            "FILE");
  one_value(bundle->add_option("--sign", typed.bundle.sign, "Private Ed25519 key to sign it with (PEM)"), "FILE");
  one_value(bundle->add_option("--key", typed.apply.key, "verify: public key it has to be signed with (PEM)"), "FILE");
  one_value(bundle->add_option("--program", typed.bundle.program,
                               "nvprov of the other machine's architecture, to go with it; default: this one"),
            "FILE");
  add_plan_options(*bundle, typed);
  add_facts_option(*bundle, typed.apply.plan.target);
  add_footer(*bundle, "bundle");
}

void add_audit(CLI::App& app, Typed& typed) {
  CLI::App* audit = app.add_subcommand("audit", "Say what is not as a lock has it, without root, GPU or network");
  AuditCommand& options = typed.audit;
  one_value(audit->add_option("--lock", options.lock, "The lock to compare with; default: the one apply left there"),
            "FILE");
  audit->add_flag("--no-lock", options.without_lock, "Only what needs no lock");
  one_value(audit->add_option("--root", options.root,
                              "A disk mounted at a folder, a tar archive of a file system, or - for one on stdin"),
            "DIR|TAR");
  one_value(audit->add_option_function<std::string>(
                "--target", [&options](const std::string& word) { options.target = target_words.at(word); },
                "host or image (a container image); default: the lock's, else as detected"),
            "TARGET")
      ->check(CLI::IsMember(target_words));
  add_footer(*audit, "audit");
}

void add_verify(CLI::App& app, Typed& typed) {
  CLI::App* verify =
      app.add_subcommand("verify", "Say whether the stack works now: files, driver, CUDA, containers with GPUs");
  VerifyCommand& options = typed.verify;
  one_value(verify->add_option_function<std::string>(
                "--level", [&options](const std::string& word) { options.level = level_words.at(word); },
                "How far: files, driver, cuda or container (default), each with those before it"),
            "LEVEL")
      ->check(CLI::IsMember(level_words));
  one_value(verify->add_option("--root", options.root, "The disk of a host mounted at DIR: its files alone"), "DIR");
  one_value(verify->add_option("--image", options.image,
                               "Start nvidia-smi in containers of this image; default: a program of nvprov's own"),
            "IMAGE");
  verify->add_flag("--detailed-exitcode", options.detailed_exit_code, "6 when it waits for a restart");
  add_footer(*verify, "verify");
}

void add_matrix(CLI::App& app, Typed& typed) {
  CLI::App* matrix = app.add_subcommand("matrix", "Which drivers, CUDA releases and GPUs go together, and why not");
  const char* group = "Narrow it to";
  MatrixCommand& options = typed.matrix;
  one_value(matrix->add_option("--gpu", options.gpus, "GPU by name or PCI id: T4, 10de:1eb8 (repeatable: one host)"),
            "GPU")
      ->group(group);
  one_value(matrix->add_option("--cuda", options.cuda, "CUDA release, such as 12.4"), "CUDA")->group(group);
  one_value(matrix->add_option("--driver", options.driver, "Driver branch or release, such as 550"), "DRIVER")
      ->group(group);
  one_value(matrix->add_option("--distro", options.distro, "What a distribution is offered, such as ubuntu-22.04"),
            "ID")
      ->group(group);
  one_value(matrix->add_option("--arch", options.arch, "Architecture of --distro, such as x86_64"), "ARCH")
      ->group(group);
  matrix->add_flag("--csv", options.csv, "Comma-separated values (RFC 4180)")->group("Form");
  one_value(matrix->add_option("--html", options.html, "A page with every table, filterable without a network"), "FILE")
      ->group("Form");
  add_footer(*matrix, "matrix");
}

void add_explain(CLI::App& app, Typed& typed) {
  CLI::App* explain =
      app.add_subcommand("explain", "Say what a name means: driver, toolkit, a package, a GPU, a message");
  explain->add_option("name", typed.explained, "A name, a message you got or a question; without one: what there is")
      ->type_name("NAME");
  one_value(explain->add_option_function<std::string>(
                "--lang", [&typed](const std::string& word) { typed.language = language_words.at(word); },
                "en or zh; default: by the locale"),
            "LANGUAGE")
      ->check(CLI::IsMember(language_words));
  one_value(
      explain->add_option("--plan", typed.apply.saved_plan,
                          "Say why a package is on this plan, saved by `nvprov plan -o FILE`; default: a new plan"),
      "FILE");
  add_target_options(*explain, typed.apply.plan);
  add_foreign_target_options(*explain, typed.apply.plan.target);
  add_target_option(*explain, typed.apply.plan.request, "Which machine");
  add_footer(*explain, "explain");
}

void add_manifest(CLI::App& app, Typed& typed) {
  CLI::App* manifest = app.add_subcommand("manifest", "Check, show and compare the data that answers come from");
  manifest
      ->add_option_function<std::string>(
          "action", [&typed](const std::string& word) { typed.manifest_action = manifest_actions.at(word); },
          "lint [DIR]: find what is wrong with the data; show KIND ID: print a record; diff [OLD] NEW: which hosts get "
          "another answer")
      ->type_name("ACTION")
      ->check(CLI::IsMember(manifest_actions))
      ->required();
  manifest
      ->add_option("first", typed.manifest_first,
                   "A kind of record, or a folder with data; default: the data nvprov uses here")
      ->type_name("KIND|DIR");
  manifest->add_option("second", typed.manifest_second, "What identifies the record, or the newer folder")
      ->type_name("ID|DIR");
  add_footer(*manifest, "manifest");
}

void add_completion(CLI::App& app, Typed& typed) {
  CLI::App* completion = app.add_subcommand("completion", "Print what makes a shell complete nvprov's command line");
  completion
      ->add_option_function<std::string>(
          "shell", [&typed](const std::string& word) { typed.shell = shell_words.at(word); }, "bash, zsh or fish")
      ->type_name("SHELL")
      ->check(CLI::IsMember(shell_words))
      ->required();
  add_footer(*completion, "completion");
}

void add_manual(CLI::App& app) {
  CLI::App* manual = app.add_subcommand("manual", "Print the manual page, in the form `man` reads");
  add_footer(*manual, "manual");
}

}  // namespace

std::vector<std::string_view> examples_of(std::string_view command) {
  if (command.empty()) return {"nvprov plan", "sudo nvprov apply", "nvprov plan --help"};
  if (command == "detect") return {"nvprov detect --json >facts.json", "nvprov detect --root /mnt/disk"};
  if (command == "plan")
    return {"nvprov plan --cuda 12.4 -o plan.json", "nvprov plan --distro debian-13 --gpu 8xH100",
            "nvprov plan --root /mnt/disk --gpu T4 --kernel 6.1.0-41-amd64", "nvprov plan --facts-dir facts --json"};
  if (command == "apply")
    return {"sudo nvprov apply", "nvprov apply plan.json -y", "nvprov apply --lock nvprov.lock -y",
            "sudo nvprov apply --bundle bundle.tar.zst --key key.pub", "nvprov apply --target image --cuda 12.4 -y"};
  if (command == "export")
    return {"nvprov export shell --gpu T4 -o set-up.sh", "nvprov export dockerfile --target image --cuda 12.4",
            "nvprov export cloud-init plan.json"};
  if (command == "lock")
    return {"nvprov lock -o nvprov.lock", "nvprov lock plan.json -o nvprov.lock",
            "nvprov lock --update nvprov.lock -o new.lock",
            "nvprov lock nvprov.lock --format spdx -o nvprov.spdx.json"};
  if (command == "bundle")
    return {"nvprov bundle -o bundle.tar.zst", "nvprov bundle nvprov.lock --sign key.pem -o bundle.tar.zst",
            "nvprov bundle --facts facts.json -o bundle.tar.zst", "nvprov bundle verify bundle.tar.zst --key key.pub"};
  if (command == "audit")
    return {"nvprov audit", "nvprov audit --lock nvprov.lock --json", "nvprov audit --root container.tar",
            "nvprov audit --root image.tar.zst --no-lock"};
  if (command == "verify")
    return {"sudo nvprov verify", "nvprov verify --level cuda", "sudo nvprov verify --image ubuntu:24.04 --json"};
  if (command == "matrix")
    return {"nvprov matrix --gpu T4 --distro ubuntu-22.04", "nvprov matrix --cuda 12.4 --driver 550",
            "nvprov matrix --html matrix.html"};
  if (command == "explain")
    return {"nvprov explain",
            "nvprov explain toolkit",
            "nvprov explain deploy --gpu T4",
            "nvprov explain 'libcudart.so.12: cannot open shared object file'",
            "nvprov explain libcuda1 --plan plan.json",
            "nvprov explain which container images can this host run"};
  if (command == "manifest")
    return {"nvprov manifest lint", "nvprov --data mine manifest lint", "nvprov manifest show driver 580",
            "nvprov manifest show gpu T4", "nvprov manifest diff mine"};
  if (command == "completion")
    return {"nvprov completion bash >/etc/bash_completion.d/nvprov",
            "nvprov completion zsh >/usr/local/share/zsh/site-functions/_nvprov",
            "nvprov completion fish >~/.config/fish/completions/nvprov.fish"};
  if (command == "manual") return {"nvprov manual | man -l -", "nvprov manual >/usr/local/share/man/man1/nvprov.1"};
  return {};
}

void add_commands(CLI::App& app, Typed& typed) {
  app.name("nvprov");
  app.description(
      "Bring a Linux host, or an image, to the smallest correct NVIDIA software stack.\n"
      "Without a command: what is here, what is wrong, what to type next.");
  app.set_version_flag("--version", "nvprov " NVPROV_VERSION);
  app.add_flag("--licenses", typed.are_licenses_wanted, "With --version: the licences of everything linked in");
  app.require_subcommand(0, 1);
  app.fallthrough();
  add_global_options(app, typed);
  add_detect(app, typed);
  add_plan(app, typed);
  add_apply(app, typed);
  add_export(app, typed);
  add_lock(app, typed);
  add_bundle(app, typed);
  add_audit(app, typed);
  add_verify(app, typed);
  add_matrix(app, typed);
  add_explain(app, typed);
  add_manifest(app, typed);
  add_completion(app, typed);
  add_manual(app);
  add_footer(app, "");
}

}  // namespace nvprov
