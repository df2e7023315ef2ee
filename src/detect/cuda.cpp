#include "detect/cuda.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "detect/look.hpp"
#include "packages/alternatives.hpp"

namespace nvprov {
namespace {

constexpr std::string_view toolkits_fact = "cuda_toolkits";
constexpr std::string_view alternative_fact = "cuda_alternative";

std::optional<std::string> read_version(const HostView& host, const std::string& folder, Diagnostics& diagnostics) {
  if (const auto text = read_text(host, folder + "/version.json", toolkits_fact, diagnostics))
    return parse_cuda_version_json(*text);
  if (const auto text = read_text(host, folder + "/version.txt", toolkits_fact, diagnostics))
    return parse_cuda_version_text(*text);
  return std::nullopt;
}

// "13.0" of "cuda-13.0": the release without its update, which is all there is where the version file was not
// installed, as in NVIDIA's images.
std::optional<std::string> release_of_folder(std::string_view name) {
  name.remove_prefix(std::min(name.size(), std::string_view("cuda-").size()));
  const auto version = Version::parse(name);
  return version && version->parts().size() > 1 ? std::optional(std::string(name)) : std::nullopt;
}

}  // namespace

std::optional<std::string> parse_cuda_version_json(std::string_view text) {
  const auto json = parse_json(text, "version.json");
  const Json* cuda = json ? json->find("cuda") : nullptr;
  const Json* version = cuda != nullptr ? cuda->find("version") : nullptr;
  const auto* words = version != nullptr ? version->get_if<std::string>() : nullptr;
  return words != nullptr ? std::optional(*words) : std::nullopt;
}

std::optional<std::string> parse_cuda_version_text(std::string_view text) {
  const std::vector<std::string> words = split_words(text);
  if (words.size() != 3 || words[0] != "CUDA" || words[1] != "Version") return std::nullopt;
  return words[2];
}

// /usr/local/cuda and cuda-12 are links to one of these and not listed again.
std::vector<CudaToolkit> detect_cuda_toolkits(const HostView& host, Diagnostics& diagnostics) {
  std::vector<CudaToolkit> toolkits;
  for (const std::string& name : list_names(host, "/usr/local", toolkits_fact, diagnostics)) {
    if (name != "cuda" && !name.starts_with("cuda-")) continue;
    const std::string path = "/usr/local/" + name;
    const auto info = host.link_info(path);
    if (!info || !*info || (*info)->kind != FileInfo::Kind::directory) continue;
    auto version = read_version(host, path, diagnostics);
    toolkits.push_back({.path = path, .version = version ? std::move(version) : release_of_folder(name)});
  }
  return toolkits;
}

std::optional<AlternativeFacts> detect_cuda_alternative(const HostView& host, Diagnostics& diagnostics) {
  constexpr std::string_view name = "cuda";
  for (const std::string& path : alternative_records(name)) {
    const auto record = read_text(host, path, alternative_fact, diagnostics);
    if (!record) continue;
    const auto by_hand = is_chosen_by_hand(*record);
    if (!by_hand) {
      could_not(diagnostics, alternative_fact, path + " is no record of update-alternatives");
      return std::nullopt;
    }
    const auto target = host.read_link(alternative_link(name));
    if (!target) could_not(diagnostics, alternative_fact, target.error().message);
    return AlternativeFacts{.by_hand = *by_hand, .target = target ? target->value_or("") : ""};
  }
  return std::nullopt;
}

}  // namespace nvprov
