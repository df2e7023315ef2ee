#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "metadata/dnf_sources.hpp"
#include "metadata/fetch_tools.hpp"
#include "metadata/fetched.hpp"
#include "metadata/repomd.hpp"
#include "metadata/rpm_repositories.hpp"

namespace nvprov {

// The part of fetch_repositories() that dnf's repositories need; `copies` are the files a plan would add, which the
// repositories name as COPIES_FOLDER/NAME.
Status fetch_rpm_repositories(const FetchTools& tools, const std::vector<RpmRepository>& repositories,
                              const std::vector<PlannedCopy>& copies, const std::string& copies_folder,
                              FetchedMetadata& fetched, std::vector<std::string>& signed_files);

// What a repomd.xml may not do to the one kept: an error of kind not_trusted for an older one that is signed, a warning
// for one that is not (mirrors differ in age, and dnf takes them) and where nothing tells.
Result<std::optional<std::string>> compare_with_kept(const Repomd& repomd, const Repomd& kept, bool is_signed,
                                                     const std::string& name);

}  // namespace nvprov
