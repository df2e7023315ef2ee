#pragma once

#include "host/host.hpp"

namespace nvprov::test {

// A host whose n-th change (1 = the first) fails, with everything before and after it as the inner host has it.
class FailingHost : public Host {
 public:
  FailingHost(Host& inner, int failing_change) : inner_(inner), left_(failing_change) {}

  bool is_live() const override { return inner_.is_live(); }
  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    return inner_.read_file(path);
  }
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    return inner_.list_directory(path);
  }
  Result<std::optional<FileInfo>> link_info(const std::string& path) const override { return inner_.link_info(path); }
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override { return inner_.file_info(path); }
  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    return inner_.read_link(path);
  }
  Result<Uname> uname() const override { return inner_.uname(); }
  Result<std::uint32_t> effective_user() const override { return inner_.effective_user(); }
  std::optional<std::string> environment(const std::string& name) const override { return inner_.environment(name); }
  Result<CommandOutput> query(const Command& command) const override { return inner_.query(command); }

  Status write_file(const std::string& path, std::string_view content, std::uint32_t mode) override {
    if (fails_now()) return fail("could not write " + path + ": this change was made to fail");
    return inner_.write_file(path, content, mode);
  }
  Status remove_file(const std::string& path) override {
    if (fails_now()) return fail("could not remove " + path + ": this change was made to fail");
    return inner_.remove_file(path);
  }
  Status make_directory(const std::string& path, std::uint32_t mode) override {
    if (fails_now()) return fail("could not make the folder " + path + ": this change was made to fail");
    return inner_.make_directory(path, mode);
  }
  Result<CommandOutput> run(const Command& command, const RunOptions& options) override {
    if (fails_now()) return fail("could not run `" + command.argv.front() + "`: this change was made to fail");
    return inner_.run(command, options);
  }
  Result<CommandOutput> run_carried(std::string_view program) override { return inner_.run_carried(program); }
  Result<std::unique_ptr<HostLock>> lock(const std::string& path) override { return inner_.lock(path); }
  Result<std::optional<std::string>> lock_holder(const std::string& path) override { return inner_.lock_holder(path); }

  // Whether the change to fail was reached at all; a test that loops over n stops when it was not.
  bool has_failed() const { return left_ <= 0; }

 private:
  bool fails_now() { return --left_ == 0; }

  Host& inner_;
  int left_;
};

}  // namespace nvprov::test
