#include "resolve/named_gpus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::size_t most_devices_of_a_flag = 1024;

struct CountedName {
  std::size_t count = 1;
  std::string name;
};

// "8xH100" is eight times H100; "8x" needs a number in front and something behind.
CountedName split_count(const std::string& flag) {
  const std::size_t cross = flag.find_first_of("xX");
  if (cross == std::string::npos || cross + 1 >= flag.size()) return {1, flag};
  const auto count = parse_number(std::string_view(flag).substr(0, cross));
  return count ? CountedName{static_cast<std::size_t>(*count), flag.substr(cross + 1)} : CountedName{1, flag};
}

bool has_every_word(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const std::string& word) { return std::ranges::find(words, word) != words.end(); });
}

// "10de:1eb8" or "1eb8"; "" if the text is no PCI id of NVIDIA's.
std::string pci_device_id(std::string_view text) {
  std::string id = lower(text);
  if (id.starts_with("10de:")) id.erase(0, 5);
  const bool is_id = id.size() == 4 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_id ? id : std::string{};
}

Gpu to_gpu(const GpuModel& model, const std::string& name) {
  Gpu gpu;
  gpu.device_id = model.device_id;
  gpu.name = name;
  gpu.architecture = model.architecture;
  gpu.compute_capability = model.compute_capability;
  return gpu;
}

bool need_the_same(const GpuModel& left, const GpuModel& right) {
  return left.architecture == right.architecture && left.compute_capability == right.compute_capability &&
         left.first_driver_branch == right.first_driver_branch && left.modules == right.modules;
}

std::vector<const GpuModel*> models_named(const std::string& name, const Catalog& catalog) {
  std::vector<const GpuModel*> exact;
  std::vector<const GpuModel*> fitting;
  const std::vector<std::string> wanted = name_words(name);
  if (wanted.empty()) return {};
  for (const GpuModel& model : catalog.gpus) {
    const std::vector<std::string> words = name_words(model.name);
    if (words == wanted)
      exact.push_back(&model);
    else if (has_every_word(words, wanted))
      fitting.push_back(&model);
  }
  return exact.empty() ? fitting : exact;
}

Error unknown_gpu(const std::string& name, const Catalog& catalog) {
  std::vector<std::string> known;
  for (const GpuModel& model : catalog.gpus) {
    known.push_back(model.name);
    for (const std::string& word : split_words(model.name)) known.push_back(word);
  }
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("no GPU is called `{}`", name),
              .because = {},
              .hints = {},
              .context = {}};
  if (const auto suggestion = did_you_mean(name, known))
    error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  error.hints.push_back("name it as its maker does (`--gpu H100`, `--gpu 8xA100`) or by PCI id (`--gpu 10de:1eb8`)");
  return error;
}

Error ambiguous_gpu(const std::string& name, const std::vector<const GpuModel*>& models) {
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("`{}` fits GPUs that need different drivers", name),
              .because = {},
              .hints = {"name one of them in full or by its PCI id"},
              .context = {}};
  for (const GpuModel* model : models) {
    if (error.because.size() == 12) {
      error.because.push_back(fmt::format("and {} more", models.size() - 12));
      break;
    }
    error.because.push_back(fmt::format("10de:{} is {} ({})", model->device_id, model->name, model->architecture));
  }
  return error;
}

bool are_alike(const std::vector<const GpuModel*>& models) {
  return std::ranges::all_of(models, [&](const GpuModel* model) { return need_the_same(*models.front(), *model); });
}

// "RTX 4060" fits "GeForce RTX 4060" and "GeForce RTX 4060 Ti": the name with the fewest other words is meant.
std::vector<const GpuModel*> shortest_named(const std::vector<const GpuModel*>& models) {
  const auto length = [](const GpuModel* model) { return name_words(model->name).size(); };
  const std::size_t least = length(std::ranges::min(models, {}, length));
  std::vector<const GpuModel*> shortest;
  std::ranges::copy_if(models, std::back_inserter(shortest),
                       [&](const GpuModel* model) { return length(model) == least; });
  return shortest;
}

using IsKind = int (*)(int);

// "gtx1080" as "gtx 1080": a blank between what is of one kind and what is of the other.
std::string spelled_apart(std::string_view name, IsKind left, IsKind right) {
  std::string apart;
  for (const char each : name) {
    const bool is_border = !apart.empty() && left(static_cast<unsigned char>(apart.back())) != 0 &&
                           right(static_cast<unsigned char>(each)) != 0;
    if (is_border) apart += ' ';
    apart += each;
  }
  return apart;
}

// What somebody wrote together: "RTX4090", "H100PCIe", "gtx1080ti".
std::vector<const GpuModel*> models_written_together(const std::string& name, const Catalog& catalog) {
  const std::string before_digits = spelled_apart(name, std::isalpha, std::isdigit);
  const std::string after_digits = spelled_apart(name, std::isdigit, std::isalpha);
  for (const std::string& apart :
       {before_digits, after_digits, spelled_apart(before_digits, std::isdigit, std::isalpha)})
    if (auto models = models_named(apart, catalog); !models.empty()) return models;
  return {};
}

Result<Gpu> find_named_gpu(const std::string& name, const Catalog& catalog) {
  if (const std::string id = pci_device_id(name); !id.empty()) {
    if (const GpuModel* model = find_gpu(catalog, id)) return to_gpu(*model, model->name);
  }
  std::vector<const GpuModel*> models = models_named(name, catalog);
  if (models.empty()) models = models_written_together(name, catalog);
  if (models.empty()) return fail(unknown_gpu(name, catalog));
  if (!are_alike(models)) models = shortest_named(models);
  if (!are_alike(models)) return fail(ambiguous_gpu(name, models));
  return to_gpu(*models.front(), models.size() == 1 ? models.front()->name : name);
}

bool is_short_name(const std::string& word) {
  return std::isalpha(static_cast<unsigned char>(word.front())) != 0 &&
         std::ranges::all_of(word, [](unsigned char c) { return std::isalnum(c) != 0; }) &&
         std::ranges::any_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

Result<NamedDevices> name_devices(const std::vector<std::string>& flags, const Catalog& catalog) {
  NamedDevices devices;
  for (const std::string& flag : flags) {
    const CountedName wanted = split_count(flag);
    if (wanted.count == 0 || wanted.count > most_devices_of_a_flag)
      return fail(ErrorKind::usage, fmt::format("`--gpu {}` names {} devices", flag, wanted.count), {},
                  {fmt::format("give a count from 1 to {}", most_devices_of_a_flag)});
    if (const NvSwitchModel* nvswitch = find_nvswitch(catalog, pci_device_id(wanted.name))) {
      devices.nvswitches.insert(devices.nvswitches.end(), wanted.count,
                                NvSwitch{.address = {}, .device_id = nvswitch->device_id, .name = nvswitch->name});
      continue;
    }
    auto gpu = find_named_gpu(wanted.name, catalog);
    if (!gpu) return fail(gpu.error());
    devices.gpus.insert(devices.gpus.end(), wanted.count, *gpu);
  }
  return devices;
}

std::vector<std::string> short_gpu_names(const Catalog& catalog) {
  std::map<std::string, std::vector<const GpuModel*>> models_of;
  for (const GpuModel& model : catalog.gpus)
    for (const std::string& word : split_words(model.name))
      if (is_short_name(word)) models_of[word].push_back(&model);
  std::vector<std::string> names;
  for (const auto& [word, models] : models_of)
    if (are_alike(models) || are_alike(shortest_named(models))) names.push_back(word);
  return names;
}

}  // namespace nvprov
