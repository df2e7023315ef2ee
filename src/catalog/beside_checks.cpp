// What stands beside driver and CUDA, against itself and against the GPUs and branches.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/version.hpp"
#include "catalog/cross_checks.hpp"

namespace nvprov {
namespace {

// Notes a release that is named and is not there.
template <class Record, class Release>
void check_release(const Placed<Record>& where, const std::vector<Release>& releases, std::string_view version,
                   const std::string& key, Diagnostics& problems) {
  if (!Version::parse(version)) return;  // noted when it was read
  if (std::ranges::find(releases, version, &Release::version) != releases.end()) return;
  std::vector<std::string> known;
  for (const Release& release : releases) known.push_back(release.version);
  note(problems, where, key, fmt::format("`{}` is not one of the releases", version), suggestion_for(version, known));
}

void check_span(const Placed<CudaLibrary>& library, const std::optional<std::string>& first,
                const std::optional<std::string>& last, const std::string& place, Diagnostics& problems) {
  if (first) check_release(library, library.record.releases, *first, place + "/first_release", problems);
  if (last) check_release(library, library.record.releases, *last, place + "/last_release", problems);
}

void check_generation(const Records& records, const auto& placed, const std::string& id, Diagnostics& problems) {
  const auto& generations = records.fabric.generations;
  if (id.empty() || find_record(generations, &FabricGeneration::id, id) != nullptr) return;
  note(problems, placed, "/generation", fmt::format("there is no generation `{}`", id),
       suggest(generations, &FabricGeneration::id, id));
}

// A device id that must be a GPU's. Where gpus.json could not be read, nobody is blamed.
void check_is_gpu(const Records& records, const auto& placed, const std::string& device_id, const std::string& key,
                  Diagnostics& problems) {
  if (records.gpus.empty() || device_id.empty()) return;
  if (find_record(records.gpus, &GpuModel::device_id, device_id) != nullptr) return;
  note(problems, placed, key, fmt::format("there is no GPU `{}` in {}", device_id, gpus_file),
       suggest(records.gpus, &GpuModel::device_id, device_id));
}

void check_switch(const Records& records, const Placed<NvSwitchModel>& placed, Diagnostics& problems) {
  check_generation(records, placed, placed.record.generation, problems);
  const auto* gpu = find_record(records.gpus, &GpuModel::device_id, placed.record.device_id);
  if (gpu != nullptr)
    note(problems, placed, "/device_id",
         fmt::format("`{}` is the GPU {} in {}", placed.record.device_id, gpu->name, gpus_file));
}

void check_boards(const Records& records, Diagnostics& problems) {
  std::map<std::string_view, std::string_view> board_of;
  for (const Placed<FabricBoard>& board : records.fabric.boards) {
    check_generation(records, board, board.record.generation.value_or(""), problems);
    for (std::size_t i = 0; i < board.record.device_ids.size(); ++i) {
      const std::string& id = board.record.device_ids[i];
      const std::string place = fmt::format("/device_ids/{}", i);
      check_is_gpu(records, board, id, place, problems);
      const auto [entry, is_new] = board_of.emplace(id, board.record.id);
      if (!is_new && entry->second != board.record.id)
        note(problems, board, place, fmt::format("`{}` is already on the board `{}`", id, entry->second));
    }
  }
}

}  // namespace

void check_libraries(const Records& records, Diagnostics& problems) {
  for (const Placed<CudaLibrary>& library : records.libraries) {
    const auto& majors = library.record.cuda_majors;
    for (std::size_t i = 0; i < majors.size(); ++i)
      check_span(library, majors[i].first_release, majors[i].last_release, fmt::format("/cuda_majors/{}", i), problems);
    const auto& packages = library.record.packages;
    for (std::size_t i = 0; i < packages.size(); ++i)
      check_span(library, packages[i].first_release, packages[i].last_release, fmt::format("/packages/{}", i),
                 problems);
  }
}

void check_toolkit_packages(const Placed<ContainerToolkit>& placed, Diagnostics& problems) {
  const auto& all = placed.record.one_version_packages;
  const auto& cdi = placed.record.cdi_packages;
  for (std::size_t i = 0; i < cdi.size(); ++i)
    if (std::ranges::find(all, cdi[i]) == all.end())
      note(problems, placed, fmt::format("/cdi_packages/{}", i),
           fmt::format("`{}` is not one of `one_version_packages`", cdi[i]), suggestion_for(cdi[i], all));
}

void check_toolkit_keys(const Records& records, const Placed<ContainerToolkit>& placed, Diagnostics& problems) {
  const auto& repositories = placed.record.offer.repositories;
  for (std::size_t i = 0; i < repositories.size(); ++i)
    for (std::size_t j = 0; j < repositories[i].keys.size(); ++j) {
      const std::string& id = repositories[i].keys[j];
      const std::string place = fmt::format("/offer/repositories/{}/keys/{}", i, j);
      const SigningKey* key = find_record(records.keys, &SigningKey::id, id);
      if (key == nullptr && !records.has_file(key_file(id)))
        note(problems, placed, place, fmt::format("there is no key `{}`", id),
             suggest(records.keys, &SigningKey::id, id));
      if (key != nullptr && key->retired)
        note(problems, placed, place, fmt::format("the key `{}` was retired on {}", id, *key->retired), "");
    }
}

std::vector<std::string> ids_of(const std::vector<EngineInstallation>& installations) {
  std::vector<std::string> ids;
  for (const EngineInstallation& each : installations) ids.push_back(each.id);
  return ids;
}

// A command line says what it needs filled in, and nothing else: a brace that stays would reach the engine.
void check_command(const Placed<ContainerToolkit>& placed, const std::string& place,
                   const std::vector<std::string>& argv, const std::vector<std::string>& wanted,
                   Diagnostics& problems) {
  if (argv.empty()) note(problems, placed, place, "expected a command line");
  for (const std::string& word : wanted)
    if (std::ranges::count(argv, word) != 1) note(problems, placed, place, fmt::format("expected `{}` once", word));
  for (const std::string& word : argv)
    if (contains(word, "{") && std::ranges::find(wanted, word) == wanted.end())
      note(problems, placed, place, fmt::format("`{}` is not filled in here", word),
           fmt::format("known are: {}", join(wanted, ", ")));
}

void check_trial(const Placed<ContainerToolkit>& placed, const std::string& place, const EngineTrial& trial,
                 Diagnostics& problems) {
  check_command(placed, place + "/import", trial.import, {"{archive}", "{image}"}, problems);
  check_command(placed, place + "/remove", trial.remove, {"{image}"}, problems);
  if (trial.starts.empty()) note(problems, placed, place + "/starts", "expected a way to start a container");
  for (std::size_t i = 0; i < trial.starts.size(); ++i)
    check_command(placed, fmt::format("{}/starts/{}/argv", place, i), trial.starts[i].argv, {"{image}"}, problems);
}

// What is written needs to be known whole: where, and how the engine comes to read it.
void check_installation(const Placed<ContainerToolkit>& placed, std::size_t i, Diagnostics& problems) {
  const std::vector<EngineInstallation>& all = placed.record.installations;
  const EngineInstallation& installation = all[i];
  const std::string place = fmt::format("/installations/{}", i);
  const auto first = std::ranges::find(all, installation.id, &EngineInstallation::id);
  if (first - all.begin() < static_cast<std::ptrdiff_t>(i))
    note(problems, placed, place + "/id", fmt::format("`{}` is there twice", installation.id));
  if ((installation.format != "none") != installation.config.has_value())
    note(problems, placed, place + "/config", "expected a path where `format` is not `none`, and there alone");
  if (installation.programs.empty() && installation.sockets.empty())
    note(problems, placed, place + "/programs", "expected a program or a socket that says it is there");
  const bool has_drop_in =
      installation.format == "containerd" || installation.format == "crio" || installation.format == "k0s";
  if (has_drop_in != installation.drop_in.has_value())
    note(problems, placed, place + "/drop_in",
         "expected a path for `containerd`, `crio` and `k0s`, and for them alone");
  if (installation.trial) check_trial(placed, place + "/trial", *installation.trial, problems);
  const std::vector<std::string> ids = ids_of(all);
  for (const auto* list : {&installation.belongs_to, &installation.needed_by})
    for (const std::string& id : *list)
      if (std::ranges::find(ids, id) == ids.end())
        note(problems, placed, place + (list == &installation.belongs_to ? "/belongs_to" : "/needed_by"),
             fmt::format("there is no installation `{}`", id), suggestion_for(id, ids));
}

void check_container_toolkit(const Records& records, Diagnostics& problems) {
  for (const Placed<ContainerToolkit>& placed : records.container_toolkits) {
    const ContainerToolkit& toolkit = placed.record;
    check_toolkit_packages(placed, problems);
    check_toolkit_keys(records, placed, problems);
    const std::vector<std::string> ids = ids_of(toolkit.installations);
    for (std::size_t i = 0; i < toolkit.cdi_engines.size(); ++i)
      if (std::ranges::find(ids, toolkit.cdi_engines[i]) == ids.end())
        note(problems, placed, fmt::format("/cdi_engines/{}", i),
             fmt::format("there is no installation `{}`", toolkit.cdi_engines[i]),
             suggestion_for(toolkit.cdi_engines[i], ids));
    for (std::size_t i = 0; i < toolkit.installations.size(); ++i) check_installation(placed, i, problems);
    const auto check = [&](std::string_view version, const std::string& key) {
      check_release(placed, toolkit.releases, version, key, problems);
    };
    check(toolkit.security_floor.version, "/security_floor/version");
    for (std::size_t i = 0; i < toolkit.engines.size(); ++i)
      if (const auto& version = toolkit.engines[i].toolkit) check(*version, fmt::format("/engines/{}/toolkit", i));
    for (std::size_t i = 0; i < toolkit.features.size(); ++i)
      check(toolkit.features[i].first_release, fmt::format("/features/{}/first_release", i));
    for (std::size_t i = 0; i < toolkit.issues.size(); ++i) {
      const ContainerToolkitIssue& issue = toolkit.issues[i];
      if (issue.first_release) check(*issue.first_release, fmt::format("/issues/{}/first_release", i));
      if (issue.last_release) check(*issue.last_release, fmt::format("/issues/{}/last_release", i));
    }
  }
}

void check_fabric(const Records& records, Diagnostics& problems) {
  for (const auto& placed : records.fabric.nvswitches) check_switch(records, placed, problems);
  for (const auto& placed : records.fabric.marks) check_generation(records, placed, placed.record.generation, problems);
  check_boards(records, problems);
}

void check_vgpus(const Records& records, Diagnostics& problems) {
  for (const Placed<VgpuDevice>& placed : records.vgpus)
    check_is_gpu(records, placed, placed.record.device_id, "/device_id", problems);
}

}  // namespace nvprov
