#include "apply/scratch.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "apply/saved_files.hpp"

namespace nvprov {
namespace {

constexpr const char* run_folder = "/run/nvprov";

// Written by update-alternatives and ldconfig, which take no other place, and by apt-extracttemplates, which debconf
// runs before packages are unpacked and which knows nothing of the configuration apt was given.
constexpr std::array<const char*, 4> written_in_passing = {"/var/log/alternatives.log", "/var/cache/ldconfig/aux-cache",
                                                           "/var/cache/apt/pkgcache.bin",
                                                           "/var/cache/apt/srcpkgcache.bin"};

}  // namespace

Scratch::Scratch(Scratch&& other) noexcept
    : target_(other.target_),
      path_(std::exchange(other.path_, {})),
      removed_(std::exchange(other.removed_, {})),
      passing_(std::exchange(other.passing_, {})) {}

Scratch::~Scratch() {
  if (path_.empty()) return;
  for (const PreImage& image : passing_) (void)put_back_whole(*target_, image);
  std::vector<std::string> argv = {"rm", "-rf", "--one-file-system", "--", path_};
  argv.insert(argv.end(), removed_.begin(), removed_.end());
  (void)target_->run({.argv = std::move(argv), .environment = {}}, {});
  (void)target_->run({.argv = {"rmdir", "--ignore-fail-on-non-empty", run_folder}, .environment = {}}, {});
}

Result<Scratch> Scratch::open(Host& target, const std::string& tag) {
  Scratch scratch(target);
  for (const char* path : written_in_passing) {
    auto image = take_pre_image(target, path);
    if (!image) return fail(image.error());
    scratch.passing_.push_back(std::move(*image));
  }
  scratch.path_ = fmt::format("{}/scratch-{}", run_folder, tag);
  for (const char* name : {"/lists/partial", "/cache/archives/partial", "/log"})
    if (const Status made = target.make_directory(scratch.path_ + name, 0755); !made) return fail(made.error());
  return scratch;
}

void Scratch::remove_too(const std::vector<std::string>& paths) {
  removed_.insert(removed_.end(), paths.begin(), paths.end());
}

}  // namespace nvprov
