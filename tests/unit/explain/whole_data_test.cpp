// Nothing the data names is left without an explanation, in either language.
#include <algorithm>
#include <utility>

#include "base/display_width.hpp"
#include "base/text.hpp"
#include "explain/explain.hpp"
#include "explain/package_records.hpp"
#include "report/explanation_text.hpp"
#include "resolve/named_gpus.hpp"
#include "support/catch.hpp"
#include "unit/explain/samples.hpp"

using namespace nvprov;
namespace explained = nvprov::explain_samples;

namespace {

bool has_wide_character(std::string_view text) {
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    if (is_wide(next.value)) return true;
    text.remove_prefix(next.bytes);
  }
  return false;
}

std::vector<const LocalText*> texts_of(const Concept& each) {
  std::vector<const LocalText*> texts = {&each.what, &each.needed_by, &each.not_needed_by, &each.without_it};
  for (const ConceptPart& part : each.parts) texts.push_back(&part.what);
  for (const ConceptQuestion& question : each.questions) {
    texts.push_back(&question.question);
    texts.push_back(&question.answer);
  }
  return texts;
}

}  // namespace

TEST_CASE("every text of every concept is there in both languages, each in its own") {
  REQUIRE(explained::concepts().size() >= 20);
  for (const Concept& each : explained::concepts())
    for (const LocalText* text : texts_of(each)) {
      INFO(each.id << ": " << text->en);
      CHECK(text->en != text->zh);
      CHECK(has_wide_character(text->zh));
      CHECK_FALSE(has_wide_character(text->en));
    }
}

TEST_CASE("Chinese texts use Chinese marks between Chinese characters") {
  for (const Concept& each : explained::concepts())
    for (const LocalText* text : texts_of(each)) {
      INFO(each.id << ": " << text->zh);
      CHECK_FALSE(contains(text->zh, ", "));
      CHECK(
          (text->zh.ends_with("。") || text->zh.size() < 100 || text->zh.ends_with("？") || text->zh.ends_with("`。")));
    }
}

TEST_CASE("every component of the data belongs to a concept that says what it is") {
  for (const std::string& component : component_names(explained::catalog())) {
    INFO(component);
    const Concept* subject = concept_of_component(explained::concepts(), component);
    const bool stands_for_all = concept_for(explained::concepts(), "cuda-package") != nullptr &&
                                concept_for(explained::concepts(), "driver-package") != nullptr;
    CHECK((subject != nullptr || stands_for_all));
  }
  for (const Profile& profile : explained::catalog().profiles)
    for (const auto* components :
         {&profile.host.driver_components, &profile.host.cuda_components, &profile.host.nvswitch_components,
          &profile.host.nvlink5_components, &profile.host.rack_components, &profile.image.cuda_components})
      for (const std::string& component : *components) {
        INFO(component);
        CHECK(concept_of_component(explained::concepts(), component) != nullptr);
      }
}

TEST_CASE("every package of the data is explained by a concept") {
  const std::vector<std::string> names = package_names(explained::catalog());
  REQUIRE(names.size() > 200);
  std::vector<std::string> unexplained;
  for (const std::string& name : names)
    if (concept_of_package(explained::catalog(), explained::concepts(), name) == nullptr) unexplained.push_back(name);
  CHECK(unexplained == std::vector<std::string>{});
}

TEST_CASE("every driver branch, CUDA release and distribution is explained") {
  const Knowledge knowledge{.catalog = explained::catalog(),
                            .concepts = explained::concepts(),
                            .language = Language::en,
                            .here = nullptr,
                            .plan = {}};
  const auto check = [&](Meaning meaning, const std::string& id) {
    INFO(id);
    const Explanation said = explain({meaning, id}, knowledge);
    CHECK(said.id == id);
    CHECK_FALSE(said.sections.empty());
    CHECK_FALSE(said.records.empty());
    CHECK_FALSE(said.sources.empty());
  };
  for (const DriverBranch& branch : explained::catalog().drivers) check(Meaning::driver, branch.branch);
  for (const CudaRelease& cuda : explained::catalog().cuda) check(Meaning::cuda, cuda.release);
  for (const Distro& distro : explained::catalog().distros) check(Meaning::distro, distro.id);
}

TEST_CASE("every GPU and NVSwitch is known by its PCI id, and a GPU of each architecture is explained") {
  const Knowledge knowledge{.catalog = explained::catalog(),
                            .concepts = explained::concepts(),
                            .language = Language::zh,
                            .here = nullptr,
                            .plan = {}};
  std::vector<std::string> unknown;
  std::string architecture;
  for (const GpuModel& model : explained::catalog().gpus) {
    const std::string id = "10de:" + model.device_id;
    if (!name_devices({id}, explained::catalog())) unknown.push_back(id);
    if (model.architecture == std::exchange(architecture, model.architecture)) continue;
    CHECK(explain({Meaning::gpu, id}, knowledge).title == model.name);
  }
  for (const NvSwitchModel& model : explained::catalog().fabric.nvswitches)
    CHECK(explain({Meaning::gpu, "10de:" + model.device_id}, knowledge).kind == "nvswitch");
  CHECK(unknown == std::vector<std::string>{});
}

TEST_CASE("no prose of a concept names a driver or CUDA version the catalog knows") {
  for (const Concept& each : explained::concepts())
    for (const LocalText* text : texts_of(each))
      for (const DriverBranch& branch : explained::catalog().drivers) {
        INFO(each.id << ": " << text->en);
        for (const DriverRelease& release : branch.releases) CHECK_FALSE(contains(text->en, release.version));
      }
}
