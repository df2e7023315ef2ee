#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "detect/driver.hpp"
#include "detect/place.hpp"
#include "host/tar_of.hpp"
#include "model/words.hpp"
#include "verify/parts.hpp"
#include "verify/probes.hpp"

namespace nvprov {
namespace {

constexpr int image_seconds = 120;
constexpr int container_seconds = 300;  // the first start on a host may initialize its GPUs
constexpr const char* trial_image = "nvprov-verify:trial";
constexpr const char* probe_path = "/nvprov-probe";

// One engine with what is asked of it.
struct Trial {
  Host& host;
  const VerifyQuestion& question;
  const EngineInstallation& engine;
  const std::string& loaded;  // the driver on the host
};

Finding container_finding(std::string check, const std::string& name, std::string expected, std::string found) {
  return {.check = std::move(check),
          .subject = name,
          .expected = std::move(expected),
          .found = std::move(found),
          .sources = {}};
}

VerifyResult named(VerifyResult result, std::string name) {
  result.name = std::move(name);
  return result;
}

std::vector<std::string> filled_in(std::vector<std::string> argv, const std::string& image,
                                   const std::string& archive) {
  for (std::string& word : argv) {
    if (word == "{image}") word = image;
    if (word == "{archive}") word = archive;
  }
  return argv;
}

bool is_gpu_node(const std::string& name) {
  constexpr std::string_view stem = "nvidia";
  return name.size() > stem.size() && name.starts_with(stem) &&
         std::all_of(name.begin() + stem.size(), name.end(), [](char each) { return each >= '0' && each <= '9'; });
}

// What a container that ran shows of the host's GPUs and driver.
VerifyResult judge_content(const Trial& trial, const std::string& name, const ContainerContent& content) {
  const auto gpus = std::ranges::count_if(content.devices, is_gpu_node);
  const auto wrong = [&](std::string check, std::string expected, std::string seen) {
    return found(VerifySubject::container,
                 container_finding(std::move(check), name, std::move(expected), std::move(seen)));
  };
  if (gpus == 0) return wrong("container-without-gpu", {}, {});
  if (!content.library_version) return wrong("container-without-driver", trial.loaded, {});
  if (*content.library_version != trial.loaded)
    return wrong("container-other-driver", trial.loaded, *content.library_version);
  return sound(VerifySubject::container, fmt::format("{} and driver {} are in it",
                                                     gpus == 1 ? "1 GPU" : fmt::format("{} GPUs", gpus), trial.loaded));
}

// In an image of the user's it is nvidia-smi that says so; its lines begin "GPU 0:".
VerifyResult judge_list(const std::string& name, const std::string& out) {
  const std::vector<std::string> lines = split(out, '\n');
  const auto gpus = std::ranges::count_if(lines, [](const std::string& line) { return line.starts_with("GPU "); });
  if (gpus == 0) return found(VerifySubject::container, container_finding("container-without-gpu", name, {}, {}));
  return sound(VerifySubject::container,
               fmt::format("nvidia-smi in it sees {}", gpus == 1 ? "1 GPU" : fmt::format("{} GPUs", gpus)));
}

VerifyResult start(const Trial& trial, const TrialStart& way, const std::string& image, const std::string& name) {
  const bool is_ours = !trial.question.image;
  std::vector<std::string> argv = filled_in(way.argv, image, {});
  if (is_ours)
    argv.emplace_back(probe_path);
  else
    argv.insert(argv.end(), {"nvidia-smi", "-L"});
  const ProgramAnswer answer = ask(trial.host, argv, container_seconds);
  if (answer.end != ProgramAnswer::End::done)
    return found(VerifySubject::container, container_finding("container-not-started", name, {}, answer.words));
  return is_ours ? judge_content(trial, name, parse_container_content(answer.out)) : judge_list(name, answer.out);
}

bool is_installed(const HostFacts& facts, const std::vector<std::string>& names) {
  return std::ranges::all_of(names, [&](const std::string& name) { return find_installed(facts, name) != nullptr; });
}

// Ways the toolkit that is there can serve.
std::vector<TrialStart> possible_starts(const Trial& trial) {
  const ContainerToolkit& toolkit = *trial.question.catalog.container_toolkit;
  std::vector<TrialStart> starts = trial.engine.trial->starts;
  if (!is_installed(trial.question.facts, toolkit.one_version_packages))
    std::erase_if(starts, [](const TrialStart& each) { return each.needs_runtime; });
  return starts;
}

Verification start_each(const Trial& trial, const std::vector<TrialStart>& starts, const std::string& image) {
  Verification results;
  for (const TrialStart& way : starts) {
    const std::string name = fmt::format("{}, {}", trial.engine.title, way.title);
    results.push_back(named(start(trial, way, image, name), name));
  }
  return results;
}

Verification unable(const Trial& trial, NotCheckedReason reason, std::string why) {
  return {named(not_checked(VerifySubject::container, reason, std::move(why)), trial.engine.title)};
}

// From an image of one program, which is there only so long.
Verification try_own_image(const Trial& trial, const std::vector<TrialStart>& starts) {
  const std::string archive = trial.question.folder + "/verify.tar";
  const auto content = tar_of(std::string(probe_path).substr(1), container_probe(), 0755);
  if (!content) return unable(trial, NotCheckedReason::no_answer, content.error().message);
  if (const Status written = trial.host.write_file(archive, *content, 0644); !written)
    return unable(trial, NotCheckedReason::no_answer, written.error().message);
  const ProgramAnswer made =
      ask(trial.host, filled_in(trial.engine.trial->import, trial_image, archive), image_seconds);
  (void)trial.host.remove_file(archive);
  if (made.end != ProgramAnswer::End::done) return unable(trial, NotCheckedReason::no_answer, made.words);
  Verification results = start_each(trial, starts, trial_image);
  (void)ask(trial.host, filled_in(trial.engine.trial->remove, trial_image, {}), image_seconds);
  return results;
}

Verification try_engine(const Trial& trial) {
  if (!trial.engine.trial)
    return unable(trial, NotCheckedReason::not_asked,
                  is_engine(trial.engine) && trial.engine.format != "none"
                      ? std::string("its containers are started by Kubernetes: try a pod")
                      : std::string("nvprov does not start containers of it"));
  const std::vector<TrialStart> starts = possible_starts(trial);
  if (starts.empty())
    return unable(trial, NotCheckedReason::not_installed, "the part of the container toolkit it needs");
  return trial.question.image ? start_each(trial, starts, *trial.question.image) : try_own_image(trial, starts);
}

// What keeps every container from being tried.
std::optional<NotChecked> kept_from_containers(const VerifyQuestion& question, const Verification& before) {
  for (const VerifyResult& result : before) {
    const bool is_driver = result.subject == VerifySubject::module;
    if (is_driver && result.not_checked) return result.not_checked;
    const bool is_decisive = is_driver || result.subject == VerifySubject::cuda;
    if (is_decisive && !result.findings.empty())
      return NotChecked{.reason = NotCheckedReason::failed_before, .detail = std::string(to_word(result.subject))};
  }
  const auto& toolkit = question.catalog.container_toolkit;
  if (!toolkit || !is_installed(question.facts, toolkit->cdi_packages))
    return NotChecked{.reason = NotCheckedReason::not_installed, .detail = "NVIDIA Container Toolkit"};
  return std::nullopt;
}

// One that belongs to another engine that is there is asked through it.
bool is_part_of_another(const EngineInstallation& engine, const std::vector<ContainerEngine>& there) {
  return std::ranges::any_of(engine.belongs_to, [&](const std::string& id) {
    return std::ranges::find(there, id, &ContainerEngine::name) != there.end();
  });
}

}  // namespace

ContainerContent parse_container_content(std::string_view output) {
  constexpr std::string_view device = "device ";
  ContainerContent content;
  std::string mounts;
  for (const std::string& line : split(output, '\n')) {
    if (line.starts_with(device)) {
      const std::string name = line.substr(device.size());
      if (name.starts_with("nvidia")) content.devices.push_back(name);
    } else if (!line.empty()) {
      mounts += line + "\n";
    }
  }
  std::ranges::sort(content.devices);
  Diagnostics problems;
  for (const Mount& mount : parse_mountinfo(mounts, problems))
    if (auto version = parse_library_name(mount.point.substr(mount.point.rfind('/') + 1)))
      content.library_version = std::move(version);
  return content;
}

Verification verify_containers(Host& host, const VerifyQuestion& question, const Verification& before,
                               const DriverFacts& now) {
  if (const auto why = kept_from_containers(question, before))
    return {{.subject = VerifySubject::container, .name = {}, .seen = {}, .not_checked = why, .findings = {}}};
  const std::string loaded = now.loaded ? now.loaded->version : std::string();
  const std::vector<ContainerEngine>& there = question.facts.container_engines;
  Verification results;
  for (const ContainerEngine& each : there) {
    const EngineInstallation* engine = find_installation(*question.catalog.container_toolkit, each.name);
    if (engine == nullptr || !is_engine(*engine) || is_part_of_another(*engine, there)) continue;
    for (VerifyResult& result : try_engine({host, question, *engine, loaded})) results.push_back(std::move(result));
  }
  if (results.empty())
    return {not_checked(VerifySubject::container, NotCheckedReason::not_installed, "a container engine")};
  return results;
}

}  // namespace nvprov
