#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "host/target_files.hpp"
#include "metadata/private_sources.hpp"
#include "metadata/signature.hpp"

namespace nvprov {

// The keys a value of Signed-By names (files, fingerprints, a whole block); for "" and for fingerprints alone those of
// the target's trusted.gpg and trusted.gpg.d. `sources` knows the keys a plan would add and where copies stem from.
// An error of kind not_trusted for a file named that is not there.
Result<TrustedKeys> apt_keys(const std::string& signed_by, const PrivateSources& sources, const TargetFiles& target);

// A key file named that is not among `files`; nullopt where all are there.
std::optional<std::string> absent_key(const std::string& signed_by, const PrivateSources& sources,
                                      const TargetFiles& files);

}  // namespace nvprov
