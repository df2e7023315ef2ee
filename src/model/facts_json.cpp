#include "model/facts_json.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "model/facts_json_parts.hpp"

namespace nvprov {
namespace {

using namespace facts_json;

constexpr std::string_view facts_schema = "nvprov.facts/1";
constexpr std::string_view schema_stem = "nvprov.facts/";

Json diagnostic_to_json(const Diagnostic& diagnostic) {
  return JsonObject{{"file", diagnostic.file},
                    {"place", diagnostic.place},
                    {"message", mask_credentials(diagnostic.message)},
                    {"hint", diagnostic.hint}};
}

Diagnostic read_diagnostic(ObjectReader& reader) {
  return {.file = reader.text("file"),
          .place = reader.text("place"),
          .message = reader.text("message"),
          .hint = reader.text("hint")};
}

// A newer form may mean other things by the same names, so it is refused in words, not read as far as it goes.
void check_schema(ObjectReader& reader) {
  const std::string found = reader.text("schema");
  if (found == facts_schema) return;
  const auto version =
      found.starts_with(schema_stem) ? parse_number(std::string_view(found).substr(schema_stem.size())) : std::nullopt;
  if (version && *version > 1)
    reader.problem("schema", fmt::format("written by a newer nvprov (`{}`); this one reads `{}`", found, facts_schema),
                   "use the nvprov that wrote it, or write it again with this one");
  else
    reader.problem("schema", fmt::format("expected `{}`, found `{}`", facts_schema, found));
}

HostFacts read_facts(ObjectReader& reader) {
  HostFacts facts;
  facts.origin = reader.text("origin");
  facts.observed_on = reader.text("observed_on");
  facts.os = reader.nullable_object("os", read_os);
  facts.architecture = reader.text("architecture");
  facts.kernel = reader.object("kernel", read_kernel);
  facts.gpus = reader.objects("gpus", read_gpu);
  facts.nvswitches = reader.objects("nvswitches", read_nvswitch);
  facts.nvlink_switch_manager = reader.nullable_text("nvlink_switch_manager");
  facts.gpus_named = reader.boolean("gpus_named");
  if (reader.has("gpus_passed_over")) facts.gpus_passed_over = reader.objects("gpus_passed_over", read_gpu);
  facts.driver = reader.object("driver", read_driver);
  facts.cuda_toolkits = reader.objects("cuda_toolkits", read_cuda_toolkit);
  if (reader.has("cuda_alternative"))
    facts.cuda_alternative = reader.nullable_object("cuda_alternative", read_alternative_facts);
  facts.container_engines = reader.objects("container_engines", read_container_engine);
  if (reader.has("services")) facts.services = reader.objects("services", read_service_state);
  facts.secure_boot = reader.nullable_object("secure_boot", read_secure_boot);
  facts.environment = reader.object("environment", read_environment);
  facts.package_facts = reader.object("package_facts", read_packages);
  facts.diagnostics = reader.objects("diagnostics", read_diagnostic);
  return facts;
}

}  // namespace

Json facts_to_json(const HostFacts& facts) {
  JsonObject json{
      {"schema", facts_schema},
      {"origin", facts.origin},
      {"observed_on", facts.observed_on},
      {"os", facts.os ? to_json(*facts.os) : Json(nullptr)},
      {"architecture", facts.architecture},
      {"kernel", to_json(facts.kernel)},
      {"gpus", json_array(facts.gpus, [](const Gpu& gpu) { return to_json(gpu); })},
      {"nvswitches", json_array(facts.nvswitches, [](const NvSwitch& item) { return to_json(item); })},
      {"nvlink_switch_manager", facts.nvlink_switch_manager},
      {"gpus_named", facts.gpus_named},
      {"driver", to_json(facts.driver)},
      {"cuda_toolkits", json_array(facts.cuda_toolkits, [](const CudaToolkit& item) { return to_json(item); })},
      {"cuda_alternative", to_json(facts.cuda_alternative)},
      {"container_engines",
       json_array(facts.container_engines, [](const ContainerEngine& item) { return to_json(item); })},
      {"secure_boot", facts.secure_boot ? to_json(*facts.secure_boot) : Json(nullptr)},
      {"environment", to_json(facts.environment)},
      {"package_facts", to_json(facts.package_facts)},
      {"diagnostics", json_array(facts.diagnostics, diagnostic_to_json)},
  };
  if (!facts.services.empty())
    json.push_back({"services", json_array(facts.services, [](const ServiceState& item) { return to_json(item); })});
  if (!facts.gpus_passed_over.empty())
    json.push_back(
        {"gpus_passed_over", json_array(facts.gpus_passed_over, [](const Gpu& gpu) { return to_json(gpu); })});
  return json;
}

tl::expected<HostFacts, Diagnostics> facts_from_json(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return tl::unexpected(json.error());
  return facts_of_document(*json, file);
}

tl::expected<HostFacts, Diagnostics> facts_of_document(const Json& document, std::string_view file,
                                                       std::string_view path) {
  Diagnostics problems;
  ObjectReader reader(document, std::string(file), std::string(path), problems);
  check_schema(reader);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  HostFacts facts = read_facts(reader);
  reader.finish();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return facts;
}

// Not in it: who asked and when, where the facts were kept, and which mirror offers a package; a plan made by an
// ordinary user, or from a file, must fit the host that root applies it to.
std::string facts_fingerprint(const HostFacts& facts) {
  HostFacts counted = facts;
  counted.origin.clear();
  counted.observed_on.clear();
  counted.environment.root_user.reset();
  if (counted.os) counted.os->not_supported.reset();  // words of a catalog
  for (Diagnostic& diagnostic : counted.diagnostics)
    diagnostic = Diagnostic{.file = {}, .place = diagnostic.place, .message = {}, .hint = {}};
  for (InstalledPackage& package : counted.package_facts.packages) {
    package.origin.reset();
    package.site.reset();
  }
  return sha256_hex(format_json(facts_to_json(counted)));
}

}  // namespace nvprov
