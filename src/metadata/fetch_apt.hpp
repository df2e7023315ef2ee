#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "metadata/apt_config.hpp"
#include "metadata/apt_credentials.hpp"
#include "metadata/apt_repositories.hpp"
#include "metadata/fetch_tools.hpp"
#include "metadata/fetched.hpp"
#include "metadata/release_file.hpp"
#include "metadata/signature.hpp"

namespace nvprov {

// A repository and the keys whose signatures count for it.
struct KeyedRepository {
  AptRepository repository;
  TrustedKeys keys;
};

// The part of fetch_repositories() that apt's entries need; adds to `fetched`, with a line of `signed_files` for each
// repository.
Status fetch_apt_repositories(const FetchTools& tools, const std::vector<KeyedRepository>& repositories,
                              FetchedMetadata& fetched, std::vector<std::string>& signed_files);

// Whether a Release file may be used at this moment, by its dates and what entry and apt's configuration say of them;
// an error of kind not_trusted if not. `name` is its address.
Status check_release_dates(const ReleaseFile& release, const AptRepository& repository, const AptConfig& config,
                           std::int64_t now, const std::string& name);

// What a Release file may not do to the one kept: an error of kind not_trusted for an older one, a warning where its
// dates do not tell.
Result<std::optional<std::string>> compare_with_kept(const ReleaseFile& release, const ReleaseFile& kept,
                                                     const std::string& name);

}  // namespace nvprov
