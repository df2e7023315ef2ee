#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/journal.hpp"

namespace nvprov {

// For a run that builds an image: a folder on the target for indexes, archives and logs, so that the places in which
// the image would carry them stay as found. It goes with this value, and so does what programs of the run wrote in
// passing: files of no use to anybody who runs the image are put back as they were.
class Scratch {
 public:
  // `tag` keeps two runs apart.
  static Result<Scratch> open(Host& target, const std::string& tag);
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();

  const std::string& path() const { return path_; }
  // Files and folders that go too.
  void remove_too(const std::vector<std::string>& paths);

 private:
  explicit Scratch(Host& target) : target_(&target) {}

  Host* target_;
  std::string path_;
  std::vector<std::string> removed_;
  std::vector<PreImage> passing_;
};

}  // namespace nvprov
