#include "resolve/host_compiler.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

bool is_accepted(const CudaRelease& cuda, const CompilerPackage& compiler) {
  return accepts_host_compiler(cuda, compiler.compiler, compiler.version) == true;
}

// As it is on the host, which may differ from what the distribution had when the catalog was written.
CompilerPackage as_installed(CompilerPackage compiler, const HostFacts& facts) {
  const InstalledPackage* package = find_installed(facts, compiler.package);
  if (package == nullptr) return compiler;
  if (auto version = Version::parse(release_of(package->version))) compiler.version = version->text();
  return compiler;
}

// "gcc 12"
std::string name_of(const CompilerPackage& compiler) {
  return compiler.compiler + " " + compiler.version.substr(0, compiler.version.find('.'));
}

// "gcc 6 to 11, clang 7 to 14"
std::string range_words(const CudaRelease& cuda) {
  std::vector<std::string> ranges;
  for (const HostCompiler& each : cuda.host_compilers)
    ranges.push_back(fmt::format("{} {} to {}", each.compiler, each.oldest.value_or("?"), each.newest.value_or("?")));
  return join(ranges, ", ");
}

// What is there comes before what is not, gcc before clang, the newest before the others.
const CompilerPackage* best_of(const std::vector<CompilerPackage>& others, const CudaRelease& cuda,
                               const HostFacts& facts) {
  const CompilerPackage* best = nullptr;
  const auto rank = [&](const CompilerPackage& each) {
    return std::pair(find_installed(facts, each.package) != nullptr, each.compiler == "gcc");
  };
  for (const CompilerPackage& each : others) {
    if (!is_accepted(cuda, each)) continue;
    const bool is_better = best == nullptr || rank(each) > rank(*best) ||
                           (rank(each) == rank(*best) && compare_versions(each.version, best->version) > 0);
    if (is_better) best = &each;
  }
  return best;
}

HostCompilerAnswer beside(const CompilerPackage& standard, const DistroCompilers& compilers, const CudaRelease& cuda,
                          const HostFacts& facts) {
  const CompilerPackage* best = compilers.others ? best_of(*compilers.others, cuda, facts) : nullptr;
  HostCompilerAnswer answer;
  if (best == nullptr) {
    answer.notice = Notice{.kind = NoticeKind::compiler_not_offered,
                           .subject = cuda.release,
                           .other = name_of(standard),
                           .limit = range_words(cuda)};
    return answer;
  }
  answer.choice = CompilerChoice{.package = best->package, .command = best->command};
  answer.reason = Reason{.subject = "compiler",
                         .rule = "compiler-it-takes",
                         .chosen = best->package,
                         .because = cuda.release,
                         .sources = compilers.sources};
  answer.notice = Notice{
      .kind = NoticeKind::compiler_beside, .subject = cuda.release, .other = name_of(standard), .limit = best->command};
  return answer;
}

}  // namespace

std::optional<bool> accepts_host_compiler(const CudaRelease& cuda, std::string_view compiler,
                                          std::string_view version) {
  const auto known = std::ranges::find(cuda.host_compilers, compiler, &HostCompiler::compiler);
  if (known == cuda.host_compilers.end()) return std::nullopt;
  // nvcc compares the first number only: 13.9 is accepted where 13 is the newest.
  const std::string_view major = version.substr(0, version.find('.'));
  if (known->oldest && compare_versions(major, *known->oldest) < 0) return false;
  if (known->newest && compare_versions(major, *known->newest) > 0) return false;
  return known->oldest && known->newest ? std::optional(true) : std::nullopt;
}

HostCompilerAnswer host_compiler(const CudaRelease& cuda, const std::optional<std::string>& depended_on,
                                 const HostFacts& facts, const Distro& distro) {
  if (depended_on == "accepted" || !distro.compilers) return {};
  const CompilerPackage standard = as_installed(distro.compilers->standard, facts);
  if (accepts_host_compiler(cuda, standard.compiler, standard.version) == false)
    return beside(standard, *distro.compilers, cuda, facts);
  if (depended_on == "standard" || find_installed(facts, standard.package) != nullptr) return {};
  HostCompilerAnswer answer;
  answer.choice = CompilerChoice{.package = standard.package, .command = {}};
  answer.reason = Reason{.subject = "compiler",
                         .rule = "compiler-needed",
                         .chosen = standard.package,
                         .because = {},
                         .sources = distro.compilers->sources};
  return answer;
}

}  // namespace nvprov
