#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "bundle/bundle_reader.hpp"
#include "model/lockfile.hpp"

namespace nvprov {

// What looking at a whole bundle found.
struct BundleCheck {
  Bundle bundle;
  bool is_signed = false;  // by whom is known only where a key was named
  std::vector<BundleFault> faults;

  bool operator==(const BundleCheck&) const = default;
};

// Reads every byte of a bundle and says what is wrong with which member, packages of its lock that are not in it
// included. Errors as BundleReader::open() has them.
Result<BundleCheck> check_bundle(const std::string& path, const std::optional<std::string>& public_key);

struct UnpackedBundle {
  Bundle bundle;
  bool is_signed = false;
  Lockfile lock;
};

// Puts the wanted members in the folder (of this machine, the caller's own), each checked while it is written. An error
// of kind not_trusted with every fault where there is one: then nothing in the folder is to be used.
Result<UnpackedBundle> unpack_bundle(const std::string& path, const std::optional<std::string>& public_key,
                                     const std::string& folder, const std::function<bool(BundleRole)>& is_wanted);

// One line for each: "nvprov.lock: its checksum is ...".
std::vector<std::string> fault_lines(const std::vector<BundleFault>& faults);

}  // namespace nvprov
