#include "resolve/named_gpus.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

// Whether the plan for GPUs named by a flag says that a switch may be missing, and of which GPU.
std::optional<std::string> switch_warning(const std::string& gpus) {
  const Catalog& catalog = whole_catalog();
  const auto named = name_devices({gpus}, catalog);
  REQUIRE(named);
  HostFacts facts;
  facts.observed_on = "2026-11-22";
  facts.os = OsFacts{};
  facts.os->id = "ubuntu";
  facts.os->version_id = "24.04";
  facts.architecture = "x86_64";
  facts.gpus = named->gpus;
  facts.gpus_named = true;
  facts.package_facts.manager = "apt";
  Request request;
  request.target = Target::host;
  const auto resolution = resolve(facts, catalog, request, {});
  REQUIRE(resolution);
  for (const Notice& notice : resolution->notices)
    if (notice.kind == NoticeKind::no_nvswitch_known) return notice.subject;
  return std::nullopt;
}

}  // namespace

TEST_CASE("GPUs named by a flag are warned of where their boards may have a switch, and nowhere else") {
  CHECK(switch_warning("8xA100-SXM4-80GB") == "NVIDIA A100-SXM4-80GB");
  CHECK(switch_warning("A100-SXM4-80GB") == std::nullopt);
  CHECK(switch_warning("8xL40S") == std::nullopt);
}

TEST_CASE("each short name of a GPU is one that --gpu understands") {
  const Catalog& catalog = whole_catalog();
  const auto names = short_gpu_names(catalog);
  for (const char* name : {"T4", "H100", "A100", "L40S", "V100", "P40", "B200"})
    CHECK(std::ranges::find(names, name) != names.end());
  CHECK(std::ranges::is_sorted(names));
  for (const std::string& name : names) {
    INFO(name);
    CHECK(name_devices({name}, catalog).has_value());
  }
}

TEST_CASE("a name written together is read apart where nothing is called so") {
  const Catalog& catalog = whole_catalog();
  const std::vector<std::pair<std::string, std::string>> spellings = {
      {"RTX4090", "RTX 4090"}, {"gtx1080ti", "gtx 1080 ti"}, {"8xRTX4090", "8xRTX 4090"}, {"H100PCIe", "H100 PCIe"}};
  for (const auto& [together, apart] : spellings) {
    INFO(together);
    const auto named = name_devices({together}, catalog);
    const auto expected = name_devices({apart}, catalog);
    REQUIRE(expected.has_value());
    REQUIRE(named.has_value());
    CHECK(named->gpus.size() == expected->gpus.size());
    CHECK(named->gpus.front().device_id == expected->gpus.front().device_id);
  }
  for (const char* nothing : {"RTX40901", "T44", "H1000", "xyz123"}) {
    INFO(nothing);
    CHECK_FALSE(name_devices({nothing}, catalog).has_value());
  }
}
