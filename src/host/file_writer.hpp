#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace nvprov {

// A new file of this machine, written piece by piece in a folder nobody else writes in. One that is not finished goes.
class FileWriter {
 public:
  // The folder and its parents are made; a file that is there already is an error.
  static Result<FileWriter> create(const std::string& path, std::uint32_t mode);
  FileWriter(FileWriter&&) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();

  Status add(std::string_view bytes);
  Status finish();

 private:
  struct State;
  explicit FileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A folder of one run of nvprov's own, emptied and removed with this value. Folders that runs which were killed left
// beside it go too.
class WorkFolder {
 public:
  // Makes "<parent>/<name>-<process id>".
  static Result<WorkFolder> make(const std::string& parent, const std::string& name, std::uint32_t mode);
  WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();

  const std::string& path() const { return path_; }

 private:
  explicit WorkFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace nvprov
