#include "host/borrowed_rpm.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "host/posix_file.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t private_mode = 0600;

// A folder of the caller's alone, gone with this value.
class PrivateCopy {
 public:
  explicit PrivateCopy(std::string folder) : folder_(std::move(folder)) {}
  PrivateCopy(PrivateCopy&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  PrivateCopy(const PrivateCopy&) = delete;
  PrivateCopy& operator=(const PrivateCopy&) = delete;
  PrivateCopy& operator=(PrivateCopy&&) = delete;
  ~PrivateCopy() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }

  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

Result<PrivateCopy> new_private_folder() {
  std::error_code problem;
  std::string pattern = (std::filesystem::temp_directory_path(problem) / "nvprov-rpm-XXXXXX").string();
  if (problem || ::mkdtemp(pattern.data()) == nullptr) return fail("no private folder could be made");
  return PrivateCopy(std::move(pattern));
}

bool is_of_database(std::string_view name) {
  return name.starts_with("rpmdb.sqlite") || name == "Packages" || name == "Packages.db" || name == "Index.db";
}

Status copy_file(const HostView& root, const std::string& from, const std::string& to) {
  const auto content = root.read_file(from);
  if (!content) return fail(content.error());
  return *content ? replace_real_file(to, to, **content, private_mode) : Status{};
}

Result<PrivateCopy> copy_of_database(const HostView& root, const std::string& database) {
  auto copy = new_private_folder();
  if (!copy) return copy;
  const auto names = root.list_directory(database);
  if (!names) return fail(names.error());
  for (const std::string& name : names->value_or(std::vector<std::string>{}))
    if (is_of_database(name))
      if (const Status copied = copy_file(root, database + "/" + name, copy->folder() + "/" + name); !copied)
        return fail(copied.error());
  return copy;
}

bool asks_database(const Command& command) {
  return command.argv.size() > 3 && command.argv[0] == "rpm" && command.argv[1] == "--dbpath";
}

// Of a file nobody owns rpm wants to see whether it is there, and looks for it on this machine.
void say_unowned(const Command& command, CommandOutput& answer) {
  const bool is_about_file = command.argv[3] == "-qf" && command.argv.size() == 5;
  if (is_about_file && answer.exit_status != 0 && contains(answer.err + answer.out, "No such file or directory"))
    answer.out = fmt::format("file {} is not owned by any package\n", command.argv[4]);
}

class BorrowedRpm : public HostView {
 public:
  BorrowedRpm(std::unique_ptr<HostView> root, const HostView& machine) : root_(std::move(root)), machine_(machine) {}

  bool is_live() const override { return root_->is_live(); }
  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    return root_->read_file(path);
  }
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    return root_->list_directory(path);
  }
  Result<std::optional<FileInfo>> link_info(const std::string& path) const override { return root_->link_info(path); }
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override { return root_->file_info(path); }
  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    return root_->read_link(path);
  }
  Result<Uname> uname() const override { return root_->uname(); }
  Result<std::uint32_t> effective_user() const override { return root_->effective_user(); }
  std::optional<std::string> environment(const std::string& name) const override { return root_->environment(name); }

  Result<CommandOutput> query(const Command& command) const override {
    if (!asks_database(command)) return root_->query(command);
    auto answer = ask_here(command);
    return answer ? std::move(*answer) : root_->query(command);
  }

 private:
  // nullopt where this machine's rpm is of no use.
  std::optional<CommandOutput> ask_here(Command command) const {
    if (!copy_) {
      auto made = copy_of_database(*root_, command.argv[2]);
      if (!made) return std::nullopt;
      copy_.emplace(std::move(*made));
    }
    command.argv[2] = copy_->folder();
    auto answer = machine_.query(command);
    if (!answer) return std::nullopt;
    const bool lists = command.argv[3] == "-qa";
    if (lists && (answer->exit_status != 0 || answer->out.empty())) return std::nullopt;
    say_unowned(command, *answer);
    return std::move(*answer);
  }

  std::unique_ptr<HostView> root_;
  const HostView& machine_;
  mutable std::optional<PrivateCopy> copy_;  // made when it is first asked for; reading does not change the root
};

}  // namespace

std::unique_ptr<HostView> with_borrowed_rpm(std::unique_ptr<HostView> root, const HostView& machine) {
  return std::make_unique<BorrowedRpm>(std::move(root), machine);
}

}  // namespace nvprov
