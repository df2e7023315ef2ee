#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/bundle.hpp"

namespace nvprov {

// A bundle that was made.
struct BundleReport {
  std::string file;  // as typed
  Bundle bundle;
  std::uint64_t archive_bytes = 0;
  bool is_signed = false;

  bool operator==(const BundleReport&) const = default;
};
std::string bundle_text(const BundleReport& report);
Json bundle_report_to_json(const BundleReport& report);  // "nvprov.bundle-made/1"

struct BundleProblem {
  std::string member;  // "" for the archive itself
  std::string message;

  bool operator==(const BundleProblem&) const = default;
};

// A bundle that was checked.
struct BundleCheckReport {
  std::string file;  // as typed
  Bundle bundle;
  bool is_signed = false;
  bool is_signer_known = false;  // a key was named, and it signed the bundle
  std::vector<BundleProblem> problems;

  bool operator==(const BundleCheckReport&) const = default;
};
std::string bundle_check_text(const BundleCheckReport& report);
Json bundle_check_to_json(const BundleCheckReport& report);  // "nvprov.bundle-check/1"

}  // namespace nvprov
