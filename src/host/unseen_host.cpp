#include "host/unseen_host.hpp"

namespace nvprov {
namespace {

class UnseenHost : public HostView {
 public:
  bool is_live() const override { return false; }
  Result<std::optional<std::string>> read_file(const std::string&) const override { return std::nullopt; }
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string&) const override {
    return std::nullopt;
  }
  Result<std::optional<FileInfo>> link_info(const std::string&) const override { return std::nullopt; }
  Result<std::optional<FileInfo>> file_info(const std::string&) const override { return std::nullopt; }
  Result<std::optional<std::string>> read_link(const std::string&) const override { return std::nullopt; }
  Result<Uname> uname() const override { return cannot("its kernel"); }
  Result<std::uint32_t> effective_user() const override { return cannot("its user"); }
  std::optional<std::string> environment(const std::string&) const override { return std::nullopt; }
  Result<CommandOutput> query(const Command&) const override { return cannot("its programs"); }

 private:
  static tl::unexpected<Error> cannot(const char* what) {
    return fail(std::string("the machine is known by its facts alone, and ") + what + " cannot be asked");
  }
};

}  // namespace

std::unique_ptr<HostView> make_unseen_host() { return std::make_unique<UnseenHost>(); }

}  // namespace nvprov
