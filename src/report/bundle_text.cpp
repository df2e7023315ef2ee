#include "report/bundle_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/layout.hpp"

namespace nvprov {
namespace {

struct Share {
  std::size_t count = 0;
  std::uint64_t bytes = 0;
};

Share share_of(const Bundle& bundle, BundleRole role) {
  Share share;
  for (const BundleMember& member : bundle.members) {
    if (member.role != role) continue;
    ++share.count;
    share.bytes += member.size;
  }
  return share;
}

std::string heading(const std::string& file, const Bundle& bundle) {
  return fmt::format("{}: for {}, {}; made {}\n", file, bundle.distro, bundle.architecture, bundle.created_at);
}

std::string contents(const Bundle& bundle) {
  const Share packages = share_of(bundle, BundleRole::package);
  const Share metadata = share_of(bundle, BundleRole::metadata);
  const Share program = share_of(bundle, BundleRole::program);
  std::string text = fmt::format("  {}, {}\n", counted(packages.count, "package"), format_bytes(packages.bytes));
  text += fmt::format("  {} of their repositories, {}\n", counted(metadata.count, "signed index file"),
                      format_bytes(metadata.bytes));
  text += program.count == 0 ? fmt::format("  no nvprov: this one is not for {}; give one with `--program FILE`\n",
                                           bundle.architecture)
                             : fmt::format("  nvprov itself, {}\n", format_bytes(program.bytes));
  if (!bundle.left_out.empty())
    text +=
        wrap("  not in it, because they are installed and in no repository: " + join(bundle.left_out, ", "), 100, "  ");
  return text;
}

JsonObject bundle_members(const std::string& file, const Bundle& bundle, bool is_signed) {
  const Share packages = share_of(bundle, BundleRole::package);
  return {{"file", file},
          {"distro", bundle.distro},
          {"architecture", bundle.architecture},
          {"created_at", bundle.created_at},
          {"packages", packages.count},
          {"package_bytes", packages.bytes},
          {"metadata_bytes", share_of(bundle, BundleRole::metadata).bytes},
          {"program_bytes", share_of(bundle, BundleRole::program).bytes},
          {"left_out", json_array(bundle.left_out)},
          {"signed", is_signed}};
}

}  // namespace

std::string bundle_text(const BundleReport& report) {
  std::string text = heading(report.file, report.bundle) + contents(report.bundle);
  text += fmt::format("  {} in all{}\n", format_bytes(report.archive_bytes), report.is_signed ? ", signed" : "");
  text += fmt::format("on the other machine: `tar --zstd -xf {0} nvprov`, then `sudo ./nvprov apply --bundle {0}`\n",
                      report.file.substr(report.file.rfind('/') + 1));
  return text;
}

Json bundle_report_to_json(const BundleReport& report) {
  JsonObject document = {{"schema", "nvprov.bundle-made/1"}};
  for (JsonMember& member : bundle_members(report.file, report.bundle, report.is_signed))
    document.push_back(std::move(member));
  document.push_back({"archive_bytes", report.archive_bytes});
  return document;
}

std::string bundle_check_text(const BundleCheckReport& report) {
  std::string text = heading(report.file, report.bundle);
  for (const BundleProblem& problem : report.problems)
    text += problem.member.empty() ? fmt::format("  the archive: {}\n", problem.message)
                                   : fmt::format("  {}: {}\n", problem.member, problem.message);
  if (!report.problems.empty()) return text + "it is not as it was made; use nothing of it\n";
  text += contents(report.bundle);
  if (report.is_signer_known) return text + "every file is as it was made, and signed with the key you named\n";
  text += report.is_signed ? "every file is as it was made; whose signature it bears is told with `--key FILE`\n"
                           : "every file is as its list has it; the list itself is not signed\n";
  return text;
}

Json bundle_check_to_json(const BundleCheckReport& report) {
  JsonObject document = {{"schema", "nvprov.bundle-check/1"}};
  for (JsonMember& member : bundle_members(report.file, report.bundle, report.is_signed))
    document.push_back(std::move(member));
  document.push_back({"signer_known", report.is_signer_known});
  document.push_back({"problems", json_array(report.problems, [](const BundleProblem& problem) {
                        return JsonObject{{"member", problem.member}, {"message", problem.message}};
                      })});
  return document;
}

}  // namespace nvprov
