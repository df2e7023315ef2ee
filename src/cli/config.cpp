#include "cli/config.hpp"

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "cli/caller_files.hpp"
#include "cli/owner.hpp"
#include "packages/mirrors.hpp"

namespace nvprov {
namespace {

constexpr const char* config_file = "/etc/nvprov/config.json";
constexpr std::string_view config_schema = "nvprov.config/1";

std::optional<Complaint> the_schema(std::string_view text) {
  if (text == config_schema) return std::nullopt;
  return Complaint{fmt::format("`{}` is not `{}`", text, config_schema), ""};
}

Mirror read_mirror(ObjectReader& reader) {
  return Mirror{.from = reader.text("from", a_mirror_url),
                .to = reader.text("to", a_mirror_url),
                .fingerprint = reader.nullable_text("fingerprint", a_fingerprint),
                .ca_file = reader.nullable_text("ca_file", an_absolute_path)};
}

void refuse_repeated(const std::vector<Mirror>& mirrors, ObjectReader& reader) {
  for (std::size_t i = 0; i < mirrors.size(); ++i)
    for (std::size_t earlier = 0; earlier < i; ++earlier)
      if (normal_address(mirrors[i].from) == normal_address(mirrors[earlier].from))
        reader.problem(fmt::format("mirrors/{}/from", i),
                       fmt::format("`{}` has a mirror already (/mirrors/{})", mirrors[i].from, earlier));
}

// What curl and apt take from a shell: a bare "proxy:3128" is http.
std::string with_scheme(std::string value) { return contains(value, "://") ? value : "http://" + value; }

Result<std::optional<std::string>> proxy_of_environment(const HostView& machine) {
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    const auto value = machine.environment(name);
    if (!value || value->empty()) continue;
    std::string proxy = with_scheme(*value);
    if (const auto complaint = a_proxy_url(proxy))
      return fail(ErrorKind::usage, fmt::format("the environment variable {}: {}", name, complaint->message), {},
                  {complaint->hint, "`--proxy URL` takes its place"});
    return proxy;
  }
  return std::nullopt;
}

// A relative path is the caller's.
Result<std::string> typed_ca_file(const HostView& machine, const std::string& typed) {
  const std::string path = absolute_path(machine, typed);
  if (const auto complaint = an_absolute_path(path))
    return fail(ErrorKind::usage, fmt::format("`--ca-file`: {}", complaint->message));
  const auto info = machine.file_info(path);
  if (!info) return fail(info.error());
  if (!*info || (*info)->kind != FileInfo::Kind::file)
    return fail(ErrorKind::usage, fmt::format("`--ca-file {}`: there is no such file", typed));
  return path;
}

Outcome<NetworkSettings> read_config(const HostView& machine) {
  const auto text = machine.read_file(config_file);
  if (!text) return give_up(text.error());
  if (!*text) return NetworkSettings{};
  if (const Status owner = check_owner(machine, config_file); !owner) return give_up(owner.error());
  auto network = parse_config(**text, config_file);
  if (!network) return give_up(network.error());
  return *network;
}

}  // namespace

tl::expected<NetworkSettings, Diagnostics> parse_config(std::string_view text, std::string_view file) {
  Diagnostics problems;
  const auto document = parse_json(text, file, problems);
  if (!document) return tl::unexpected(problems);
  ObjectReader reader(*document, std::string(file), "", problems);
  NetworkSettings network;
  reader.text("schema", the_schema);
  network.proxy = reader.nullable_text("proxy", a_proxy_url);
  network.mirrors = reader.objects("mirrors", read_mirror);
  network.file = std::string(file);
  refuse_repeated(network.mirrors, reader);
  reader.finish();
  if (!problems.empty()) return tl::unexpected(problems);
  return network;
}

Outcome<NetworkSettings> network_settings(const HostView& machine, const NetworkSettings& typed) {
  auto configured = read_config(machine);
  if (!configured) return configured;
  NetworkSettings network = typed;
  if (typed.ca_file) {
    auto path = typed_ca_file(machine, *typed.ca_file);
    if (!path) return give_up(path.error());
    network.ca_file = std::move(*path);
  }
  if (!network.proxy) {
    auto proxy = proxy_of_environment(machine);
    if (!proxy) return give_up(proxy.error());
    network.proxy = *proxy;
    network.proxy_of_environment = proxy->has_value();
  }
  if (!network.proxy) network.proxy = configured->proxy;
  network.mirrors.insert(network.mirrors.end(), configured->mirrors.begin(), configured->mirrors.end());
  network.file = configured->file;
  return network;
}

std::vector<std::string> network_inputs(const NetworkSettings& network) {
  std::vector<std::string> inputs;
  for (const Mirror& mirror : network.mirrors) {
    std::string words = fmt::format("mirror {} for {}", mirror.to, mirror.from);
    if (mirror.fingerprint) words += fmt::format(", signed by {}", *mirror.fingerprint);
    if (mirror.ca_file) words += fmt::format(", certificates in {}", *mirror.ca_file);
    inputs.push_back(std::move(words));
  }
  if (network.proxy)
    inputs.push_back(fmt::format("proxy {}{}", mask_credentials(*network.proxy),
                                 network.proxy_of_environment ? " of the environment" : ""));
  if (network.ca_file) inputs.push_back("--ca-file " + *network.ca_file);
  if (network.file) inputs.push_back("configuration " + *network.file);
  return inputs;
}

}  // namespace nvprov
