#pragma once

#include <string>
#include <vector>

#include "bundle/bundle_web.hpp"
#include "metadata/apt_repositories.hpp"
#include "metadata/rpm_repositories.hpp"

namespace nvprov {

// What the target's own package manager reads in place of its repository files: the same repositories, as far as the
// bundle holds them, in the folder it is unpacked in. Their signed indexes are checked again against the same keys.
// `folder`: of the unpacked bundle, as the target sees it.

// The text of a *.sources file.
std::string apt_sources_in(const std::vector<AptRepository>& repositories, const BundleWeb& web,
                           const std::string& folder);
// The text of a *.repo file.
std::string dnf_sources_in(const HostView& machine, const std::vector<RpmRepository>& repositories,
                           const BundleWeb& web, const std::string& folder);

// Lines of an apt.conf and options of dnf with which a run reads `<folder>/sources` alone and keeps what it reads of
// it there too.
std::vector<std::string> apt_bundle_lines(const std::string& folder);
std::vector<std::string> dnf_bundle_options(const std::string& folder);
constexpr const char* bundle_sources_folder = "/sources";

}  // namespace nvprov
