#include "unit/explain/samples.hpp"

#include <fstream>
#include <iterator>

#include "catalog/concepts.hpp"
#include "catalog/packed_files.hpp"
#include "explain/explain.hpp"
#include "explain/sections.hpp"
#include "model/facts_json.hpp"
#include "model/plan_json.hpp"
#include "report/explanation_text.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov::explain_samples {
namespace {

std::string text_of_golden(const std::string& name) {
  std::ifstream stream(std::string(NVPROV_SOURCE_DIR) + "/tests/golden/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

const Catalog& catalog() { return whole_catalog(); }

const std::vector<Concept>& concepts() {
  static const std::vector<Concept> carried = load_concepts(embedded_files()).value();
  return carried;
}

Here here_of(const std::string& host) {
  const auto facts = facts_from_json(text_of_golden("hosts/" + host + ".facts.json"), host);
  REQUIRE(facts);
  return look_here(*facts, catalog(), Request{});
}

Plan plan_of(const std::string& host) {
  const auto plan = plan_from_json(text_of_golden("plans/" + host + ".json"), host);
  REQUIRE(plan);
  return *plan;
}

std::string explained(const std::string& name, const Here& here, Language language) {
  const auto things = find_meanings(name, catalog(), concepts());
  REQUIRE(things);
  REQUIRE(things->size() == 1);
  const Knowledge knowledge{
      .catalog = catalog(), .concepts = concepts(), .language = language, .here = &here, .plan = {}};
  return explanation_text(explain(things->front(), knowledge), language);
}

std::string chain_on(const Plan& plan, const std::string& package, Language language) {
  const Knowledge knowledge{.catalog = catalog(),
                            .concepts = concepts(),
                            .language = language,
                            .here = nullptr,
                            .plan = {.plan = &plan, .why_not = {}}};
  Explanation chain;
  chain.title = package;
  chain.sections.push_back(plan_section(package, knowledge));
  return explanation_text(chain, language);
}

}  // namespace nvprov::explain_samples
