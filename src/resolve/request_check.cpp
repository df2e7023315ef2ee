#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

const std::vector<std::string> driver_words = {"auto", "lts", "production", "newest", "installed"};
const std::vector<std::string> module_words = {"auto", "open", "proprietary"};
const std::vector<std::string> source_words = {"auto", "distro", "nvidia"};

Error not_known(const std::string& what, const std::string& typed, const std::vector<std::string>& known) {
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("there is no {} `{}`", what, typed),
              .because = {},
              .hints = {},
              .context = {}};
  if (const auto suggestion = did_you_mean(typed, known))
    error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  error.hints.push_back(fmt::format("known: {}", join(known, ", ")));
  return error;
}

Result<std::vector<std::string>> check_profiles(const std::vector<std::string>& typed, const Catalog& catalog) {
  std::vector<std::string> ids;
  std::vector<std::string> known;
  for (const Profile& profile : catalog.profiles) {
    known.push_back(profile.id);
    known.insert(known.end(), profile.aliases.begin(), profile.aliases.end());
  }
  for (const std::string& name : typed) {
    const Profile* profile = find_profile(catalog, name);
    if (profile == nullptr) return fail(not_known("profile", name, known));
    if (std::ranges::find(ids, profile->id) == ids.end()) ids.push_back(profile->id);
  }
  return ids;
}

std::vector<std::string> cuda_releases(const Catalog& catalog) {
  std::vector<std::string> releases;
  for (const CudaRelease& cuda : catalog.cuda) releases.push_back(cuda.release);
  return releases;
}

bool is_none(const Request& request) { return request.cuda == std::vector<std::string>{"none"}; }

bool names_known_release(const VersionConstraint& constraint, const Catalog& catalog) {
  return std::ranges::any_of(catalog.cuda, [&](const CudaRelease& cuda) {
    const auto release = Version::parse(cuda.release);
    return (release && constraint.allows(*release)) || std::ranges::any_of(cuda.updates, [&](const CudaUpdate& update) {
             const auto version = Version::parse(update.version);
             return version && constraint.allows(*version);
           });
  });
}

// What `--with` adds to the driver needs no CUDA.
bool adds_to_cuda(const Request& request, const Catalog& catalog) {
  const std::set<std::string> of_driver = driver_add_ons(catalog);
  return !std::ranges::all_of(request.additions, [&](const std::string& each) { return of_driver.contains(each); });
}

// Asking for CUDA where no profile brings any is a mistake.
Status check_cuda_wanted(const Request& request, const Catalog& catalog) {
  if (brings_cuda(catalog, request.profiles)) return {};
  const bool asks = request.cuda != std::vector<std::string>{"auto"} && !is_none(request);
  if (!asks && request.libraries.empty() && !adds_to_cuda(request, catalog)) return {};
  return fail(ErrorKind::usage,
              fmt::format("`--profile {}` brings no CUDA to a host, as images bring their own, and `{}` asks for some",
                          join(request.profiles, ","),
                          asks                        ? "--cuda"
                          : request.libraries.empty() ? "--with"
                                                      : "--libraries"),
              {}, {"to have CUDA on the host too, add `--profile deploy` or `--profile develop`"});
}

Status check_cuda(const std::string& typed, const Catalog& catalog) {
  if (typed == "auto" || typed == "none") return {};
  auto constraint = parse_constraint(typed);
  if (!constraint) {
    Error error = constraint.error();
    error.message = fmt::format("`--cuda {}`: {}", typed, error.message);
    error.hints.push_back(
        "write a release (`--cuda 12.4`), exactly that one (`--cuda =12.4`), a range "
        "(`--cuda '>=12.4 <13'`), `auto` or `none`");
    return fail(error);
  }
  if (!names_known_release(*constraint, catalog)) return fail(not_known("CUDA release", typed, cuda_releases(catalog)));
  return {};
}

// Words stand alone; releases may stand side by side.
Status check_cuda(const std::vector<std::string>& typed, const Catalog& catalog) {
  for (const std::string& each : typed) {
    if (const Status known = check_cuda(each, catalog); !known) return known;
    if (typed.size() > 1 && (each == "auto" || each == "none"))
      return fail(ErrorKind::usage, fmt::format("`--cuda {}`: `{}` stands alone", join(typed, ","), each), {},
                  {"name releases, such as `--cuda 11.8,12.4`, or one word"});
  }
  return {};
}

// Engines, and what is said of them, belong to profiles with the toolkit.
Status check_engines_wanted(const Request& request, const Catalog& catalog) {
  const bool asks = !request.engines.empty() || request.default_runtime || !request.restart_engines;
  const bool has_toolkit = std::ranges::any_of(request.profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && profile->host.container_toolkit;
  });
  if (!asks || has_toolkit) return {};
  return fail(ErrorKind::usage,
              fmt::format("`{}` is about container engines, and `--profile {}` sets none up",
                          !request.engines.empty()  ? "--engine"
                          : request.default_runtime ? "--default-runtime"
                                                    : "--no-restart",
                          join(request.profiles, ",")),
              {}, {"to set up engines for containers with GPUs, add `--profile container`"});
}

Status check_engines(const Request& request, const Catalog& catalog) {
  if (const Status wanted = check_engines_wanted(request, catalog); !wanted || request.engines.empty()) return wanted;
  std::vector<std::string> known;
  const auto& toolkit = catalog.container_toolkit;
  for (const EngineInstallation& installation : toolkit ? toolkit->installations : std::vector<EngineInstallation>{})
    if (is_engine(installation)) known.push_back(installation.id);
  known.emplace_back("none");
  for (const std::string& id : request.engines) {
    if (std::ranges::find(known, id) == known.end()) return fail(not_known("container engine", id, known));
    if (id == "none" && request.engines.size() > 1)
      return fail(ErrorKind::usage, "`--engine none` stands alone", {}, {"name engines, or none"});
  }
  return {};
}

// "cudnn=9.10" is the library cudnn at 9.10.
Status check_addition(const std::string& typed, const Catalog& catalog) {
  const std::vector<std::string> parts = split(typed, '=');
  std::vector<std::string> known;
  for (const CudaLibrary& library : catalog.libraries) known.push_back(library.id);
  std::vector<std::string> without_version = {"compat"};
  for (const std::string& add_on : driver_add_ons(catalog)) without_version.push_back(add_on);
  append_new(known, without_version);
  if (std::ranges::find(known, parts.front()) == known.end())
    return fail(not_known("addition for `--with`", parts.front(), known));
  if (parts.size() == 1) return {};
  if (std::ranges::find(without_version, parts.front()) != without_version.end())
    return fail(ErrorKind::usage, fmt::format("`--with {}`: `{}` has no releases of its own", typed, parts.front()), {},
                {fmt::format("write `--with {}`", parts.front())});
  if (parts.size() == 2 && Version::parse(parts.back())) return {};
  return fail(
      ErrorKind::usage, fmt::format("`--with {}`: a version is expected after `=`", typed), {},
      {fmt::format("write `--with {0}` or, for one of its releases, `--with {0}=9` or the like", parts.front())});
}

Status check_additions(const Request& request, const Catalog& catalog) {
  for (const std::string& addition : request.additions)
    if (const Status known = check_addition(addition, catalog); !known) return known;
  if (is_none(request) && adds_to_cuda(request, catalog))
    return fail(ErrorKind::usage, "`--with` adds to CUDA, and `--cuda none` asks for none", {},
                {"leave one of the two out"});
  return {};
}

Status check_driver(const std::string& typed, const Catalog& catalog) {
  if (std::ranges::find(driver_words, typed) != driver_words.end()) return {};
  std::vector<std::string> known = driver_words;
  for (const DriverBranch& branch : catalog.drivers) {
    known.push_back(branch.branch);
    if (branch.branch == typed) return {};
    if (std::ranges::find(branch.releases, typed, &DriverRelease::version) != branch.releases.end()) return {};
  }
  Error error = not_known("driver", typed, known);
  error.hints.push_back("a release is written in full, such as `--driver 580.126.09`");
  return fail(error);
}

// Whichever distribution has it: that this one does not is the resolver's answer.
template <class Wanted>
std::set<std::string> component_words(const Catalog& catalog, Wanted is_wanted) {
  std::set<std::string> names = {"all"};
  const auto add = [&](const auto& components) {
    for (const auto& component : components)
      if (is_wanted(component)) names.insert(component.component);
  };
  for (const PackageFamily& family : catalog.families) add(family.cuda);
  for (const Distro& distro : catalog.distros)
    for (const PackageSource& source : distro.package_sources)
      for (const CudaOffer& offer : source.cuda) add(offer.components);
  return names;
}

std::set<std::string> library_names(const Catalog& catalog) {
  return component_words(catalog, [](const auto&) { return true; });
}

Status check_default_cuda(const Request& request, const Catalog& catalog) {
  if (!request.default_cuda) return {};
  const std::vector<std::string> known = cuda_releases(catalog);
  if (std::ranges::find(known, *request.default_cuda) == known.end())
    return fail(not_known("CUDA release", *request.default_cuda, known));
  return {};
}

Status check_profile_d(const Request& request, const Catalog& catalog) {
  if (!request.profile_d || builds_programs(catalog, request.profiles)) return {};
  return fail(ErrorKind::usage,
              fmt::format("`--profile-d` is about the programs of a toolkit, and `--profile {}` brings none",
                          join(request.profiles, ",")),
              {}, {"add `--profile develop`"});
}

Status check_tools(const Request& request, const Catalog& catalog) {
  if (request.tools.empty()) return {};
  const auto names = component_words(catalog, [](const auto& component) { return component.part == "tools"; });
  for (const std::string& tool : request.tools)
    if (!names.contains(tool)) return fail(not_known("tool", tool, {names.begin(), names.end()}));
  if (!builds_programs(catalog, request.profiles))
    return fail(ErrorKind::usage,
                fmt::format("`--tools` goes with building programs, and `--profile {}` only runs them",
                            join(request.profiles, ",")),
                {}, {"add `--profile develop`"});
  if (is_none(request))
    return fail(ErrorKind::usage, "`--tools` asks for tools of CUDA and `--cuda none` for none", {},
                {"leave one of the two out"});
  return {};
}

Status check_libraries(const Request& request, const Catalog& catalog) {
  const std::set<std::string> names = library_names(catalog);
  const std::vector<std::string> known(names.begin(), names.end());
  for (const std::string& library : request.libraries)
    if (!names.contains(library)) return fail(not_known("library", library, known));
  if (!request.libraries.empty() && is_none(request))
    return fail(ErrorKind::usage, "`--libraries` asks for CUDA libraries and `--cuda none` for none", {},
                {"leave one of the two out"});
  return {};
}

}  // namespace

Result<Request> check_request(const Request& request, const Catalog& catalog) {
  Request checked = request;
  auto profiles = check_profiles(request.profiles, catalog);
  if (!profiles) return fail(profiles.error());
  checked.profiles = std::move(*profiles);
  if (const Status known = check_cuda(request.cuda, catalog); !known) return fail(known.error());
  if (const Status wanted = check_cuda_wanted(checked, catalog); !wanted) return fail(wanted.error());
  if (const Status engines = check_engines(checked, catalog); !engines) return fail(engines.error());
  if (std::ranges::find(module_words, request.module) == module_words.end())
    return fail(not_known("kernel module", request.module, module_words));
  if (const Status additions = check_additions(request, catalog); !additions) return fail(additions.error());
  if (const Status driver = check_driver(request.driver, catalog); !driver) return fail(driver.error());
  if (const Status libraries = check_libraries(request, catalog); !libraries) return fail(libraries.error());
  if (const Status tools = check_tools(checked, catalog); !tools) return fail(tools.error());
  if (const Status link = check_default_cuda(request, catalog); !link) return fail(link.error());
  if (const Status path = check_profile_d(checked, catalog); !path) return fail(path.error());
  if (std::ranges::find(source_words, request.source) == source_words.end())
    return fail(not_known("source", request.source, source_words));
  return checked;
}

Result<Target> decide_target(const HostFacts& facts, const Request& request) {
  if (request.target) return *request.target;
  if (const auto target = target_of(facts.environment.place)) return *target;
  return fail(ErrorKind::usage, "it is not clear whether this is a host or a container image",
              facts.environment.place_evidence, {"say which with `--target host` or `--target image`"});
}

Status check_image_request(const Request& request, const Catalog& catalog, Target target) {
  if (target == Target::image && request.profile_d)
    return fail(ErrorKind::usage, "`--profile-d` is for a host: what runs in an image reads no /etc/profile.d", {},
                {"an image carries variables: `ENV PATH=/usr/local/cuda/bin:$PATH` in a Dockerfile"});
  const bool must_be_named = target == Target::image && brings_cuda(catalog, request.profiles);
  if (!must_be_named || request.cuda != std::vector<std::string>{"auto"}) return {};
  return fail(ErrorKind::usage, "an image holds CUDA libraries and no driver, so the CUDA release must be named",
              {"this is a container or an image being built, or `--target image` was given"},
              {"`nvprov plan --target image --cuda 12.4`", "for a machine of its own, say `--target host`"});
}

}  // namespace nvprov
