#include "plan/image_environment.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {

std::vector<EnvironmentVariable> image_environment(const Catalog& catalog, const Resolution& resolution) {
  std::vector<EnvironmentVariable> environment;
  if (resolution.target != Target::image) return environment;
  std::vector<Placeholder> values;
  if (const CudaChoice* cuda = newest_cuda(resolution)) values.push_back({"cuda_release", cuda->release});
  for (const std::string& id : resolution.profiles) {
    const Profile* profile = find_profile(catalog, id);
    if (profile == nullptr) continue;
    for (const EnvironmentVariable& variable : profile->image.environment) {
      const auto value = expand(variable.value, values);
      const bool is_new = std::ranges::find(environment, variable.name, &EnvironmentVariable::name) == environment.end();
      if (value && is_new) environment.push_back({.name = variable.name, .value = *value});
    }
  }
  return environment;
}

}  // namespace nvprov
