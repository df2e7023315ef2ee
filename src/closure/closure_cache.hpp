#pragma once

#include <optional>
#include <string>
#include <vector>

#include "closure/closure.hpp"

namespace nvprov {

// What the package manager answered once, so that `plan --offline` can say it again.
struct CachedClosure {
  Resolution resolution;  // which rests on what the repositories held
  Closure closure;
  std::string metadata_digest;
  std::optional<std::string> fetched_at;

  bool operator==(const CachedClosure&) const = default;
};

// The name an answer is kept under: the same only for the same host, repositories and packages asked for.
std::string closure_key(const HostFacts& facts, const ConsultedRepositories& repositories,
                        const std::vector<InstallPackages>& transactions);

// Keeps an answer in the caller's cache folder.
Status store_closure(Host& machine, const std::string& cache_folder, const std::string& key,
                     const CachedClosure& answer);

// The answer kept under this name; nullopt if there is none or it cannot be read (then it is as good as none).
std::optional<CachedClosure> find_cached_closure(const HostView& machine, const std::string& cache_folder,
                                                 const std::string& key);

}  // namespace nvprov
