#include "plan/profile_file.hpp"

#include <fmt/format.h>

namespace nvprov {
namespace {

// What a user put first stays first where the folder is on the path already.
std::string profile_text(const std::string& link) {
  return fmt::format(
      "# Written by nvprov: the programs of the CUDA toolkit on the search path. To take it back, delete this file.\n"
      "case \":${{PATH}}:\" in\n"
      "  *:{0}/bin:*) ;;\n"
      "  *) PATH={0}/bin${{PATH:+:${{PATH}}}} ;;\n"
      "esac\n"
      "export PATH\n",
      link);
}

}  // namespace

std::vector<WriteFile> profile_files(const Request& request, const PackageSource& source,
                                     const std::optional<std::string>& present) {
  if (!request.profile_d || !source.alternative) return {};
  const std::string text = profile_text(source.alternative->link);
  if (present == text) return {};
  return {{.path = profile_file_path,
           .content = text,
           .mode = 0644,
           .purpose = "the programs of the CUDA toolkit on the search path"}};
}

}  // namespace nvprov
