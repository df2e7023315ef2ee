#include "resolve/container_engines.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// What is asked about the engines of one host.
struct EngineQuestion {
  const HostFacts& facts;
  const ContainerToolkit& toolkit;
  const RepositoryMetadata& metadata;
};

bool is_found(const HostFacts& facts, const std::string& id) {
  return std::ranges::find(facts.container_engines, id, &ContainerEngine::name) != facts.container_engines.end();
}

// The numbers a package's version begins with, its epoch left out.
std::string engine_version(std::string_view package_version) {
  if (const std::size_t colon = package_version.find(':'); colon != std::string_view::npos)
    package_version.remove_prefix(colon + 1);
  package_version = package_version.substr(0, package_version.find_first_not_of("0123456789."));
  while (package_version.ends_with('.')) package_version.remove_suffix(1);
  return std::string(package_version);
}

// The candidate of the first of these packages that a repository holds.
const PackageOffer* offered(const RepositoryMetadata& metadata, const std::vector<std::string>& packages) {
  for (const std::string& name : packages)
    for (const PackageOffer& offer : metadata.offers)
      if (offer.name == name && offer.candidate) return &offer;
  return nullptr;
}

CdiSupport cdi_of(const EngineInstallation& installation, const std::optional<std::string>& version) {
  if (!installation.cdi_from || !version || version->empty()) return CdiSupport::unknown;
  if (compare_versions(*version, *installation.cdi_from) < 0) return CdiSupport::too_old;
  const bool is_default =
      installation.cdi_default_from && compare_versions(*version, *installation.cdi_default_from) >= 0;
  return is_default ? CdiSupport::by_default : CdiSupport::switched_on;
}

EngineChoice engine_choice(const EngineInstallation& installation, std::optional<std::string> version,
                           std::optional<std::string> package) {
  const CdiSupport cdi = cdi_of(installation, version);
  return {.id = installation.id,
          .title = installation.title,
          .version = std::move(version),
          .package = std::move(package),
          .cdi = cdi};
}

// The engine it is a part of here; "" where it stands for itself.
std::string owner_of(const EngineInstallation& installation, const EngineQuestion& on) {
  const auto is_here = [&](const std::string& id) { return is_found(on.facts, id); };
  if (std::ranges::any_of(installation.needed_by, is_here)) return {};
  const auto owner = std::ranges::find_if(installation.belongs_to, is_here);
  return owner == installation.belongs_to.end() ? std::string{} : *owner;
}

std::string title_of(const ContainerToolkit& toolkit, const std::string& id) {
  const EngineInstallation* installation = find_installation(toolkit, id);
  return installation != nullptr ? installation->title : id;
}

Notice none_found(const EngineQuestion& on) {
  Notice notice{.kind = NoticeKind::engine_none, .subject = {}, .other = {}, .limit = {}};
  for (const EngineInstallation& installation : on.toolkit.installations)
    if (const PackageOffer* offer = offered(on.metadata, installation.packages)) {
      notice.subject = installation.id;
      notice.other = offer->name;
      break;
    }
  return notice;
}

EngineAnswer found_engines(const EngineQuestion& on) {
  EngineAnswer answer;
  for (const EngineInstallation& installation : on.toolkit.installations) {
    if (!is_found(on.facts, installation.id) || !is_engine(installation)) continue;
    if (const std::string owner = owner_of(installation, on); !owner.empty())
      answer.notices.push_back({.kind = NoticeKind::engine_left,
                                .subject = installation.title,
                                .other = title_of(on.toolkit, owner),
                                .limit = installation.id});
    else
      answer.choices.push_back(
          engine_choice(installation, installed_engine_version(on.facts, installation), std::nullopt));
  }
  if (answer.choices.empty() && !could_not_look(on.facts, "container_engines"))
    answer.notices.push_back(none_found(on));
  return answer;
}

// Of packages nobody was asked for only the first can be named.
tl::expected<EngineChoice, Conflict> named_engine(const EngineInstallation& installation, const EngineQuestion& on) {
  if (is_found(on.facts, installation.id))
    return engine_choice(installation, installed_engine_version(on.facts, installation), std::nullopt);
  if (const PackageOffer* offer = offered(on.metadata, installation.packages))
    return engine_choice(installation, engine_version(offer->version), offer->name);
  if (!on.metadata.known && !installation.packages.empty())
    return engine_choice(installation, std::nullopt, installation.packages.front());
  return tl::unexpected(Conflict{.reason = ConflictReason::engine_not_offered,
                                 .subject = installation.title,
                                 .other = join(installation.packages, ", "),
                                 .limit = {},
                                 .sources = installation.sources});
}

void note_advice(EngineAnswer& answer, const ContainerToolkit& toolkit) {
  for (const EngineChoice& choice : answer.choices)
    if (const EngineInstallation* installation = find_installation(toolkit, choice.id); installation->advice)
      answer.notices.push_back(
          {.kind = NoticeKind::engine_advice, .subject = choice.title, .other = *installation->advice, .limit = {}});
}

}  // namespace

std::optional<std::string> installed_engine_version(const HostFacts& facts, const EngineInstallation& installation) {
  for (const std::string& name : installation.packages)
    if (const InstalledPackage* package = find_installed(facts, name)) return engine_version(package->version);
  return std::nullopt;
}

tl::expected<EngineAnswer, Conflict> container_engines(const HostFacts& facts, const ContainerToolkit& toolkit,
                                                       const Request& request, const RepositoryMetadata& metadata) {
  const EngineQuestion on{facts, toolkit, metadata};
  if (request.engines == std::vector<std::string>{"none"}) return EngineAnswer{};
  EngineAnswer answer;
  if (request.engines.empty()) answer = found_engines(on);
  for (const std::string& id : request.engines) {
    auto choice = named_engine(*find_installation(toolkit, id), on);
    if (!choice) return tl::unexpected(choice.error());
    answer.choices.push_back(std::move(*choice));
  }
  note_advice(answer, toolkit);
  return answer;
}

}  // namespace nvprov
