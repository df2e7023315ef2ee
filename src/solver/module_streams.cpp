#include "solver/module_streams.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace nvprov {
namespace {

// One document of several, as a tree.
class YamlDocument {
 public:
  YamlDocument() = default;
  ~YamlDocument() { yaml_document_delete(&document_); }
  YamlDocument(const YamlDocument&) = delete;
  YamlDocument& operator=(const YamlDocument&) = delete;

  yaml_document_t* get() { return &document_; }
  const yaml_node_t* root() { return yaml_document_get_root_node(&document_); }

  // The value of a key; null where the node is no mapping or has no such key.
  const yaml_node_t* find(const yaml_node_t* node, std::string_view key) {
    if (node == nullptr || node->type != YAML_MAPPING_NODE) return nullptr;
    for (const yaml_node_pair_t* pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; ++pair)
      if (text(at(pair->key)) == key) return at(pair->value);
    return nullptr;
  }

  std::vector<const yaml_node_t*> items(const yaml_node_t* node) {
    std::vector<const yaml_node_t*> found;
    if (node == nullptr || node->type != YAML_SEQUENCE_NODE) return found;
    for (const yaml_node_item_t* item = node->data.sequence.items.start; item < node->data.sequence.items.top; ++item)
      found.push_back(at(*item));
    return found;
  }

  std::vector<std::pair<std::string, const yaml_node_t*>> pairs(const yaml_node_t* node) {
    std::vector<std::pair<std::string, const yaml_node_t*>> found;
    if (node == nullptr || node->type != YAML_MAPPING_NODE) return found;
    for (const yaml_node_pair_t* pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; ++pair)
      found.emplace_back(text(at(pair->key)), at(pair->value));
    return found;
  }

  static std::string text(const yaml_node_t* node) {
    if (node == nullptr || node->type != YAML_SCALAR_NODE) return {};
    return {reinterpret_cast<const char*>(node->data.scalar.value), node->data.scalar.length};
  }

  std::vector<std::string> texts(const yaml_node_t* node) {
    std::vector<std::string> found;
    for (const yaml_node_t* item : items(node)) found.push_back(text(item));
    return found;
  }

 private:
  const yaml_node_t* at(int index) { return yaml_document_get_node(&document_, index); }

  yaml_document_t document_ = {};
};

class YamlParser {
 public:
  explicit YamlParser(std::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~YamlParser() { yaml_parser_delete(&parser_); }
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;

  // After the last document it has no root.
  bool load(YamlDocument& document) { return yaml_parser_load(&parser_, document.get()) != 0; }
  std::size_t line() const { return parser_.problem_mark.line + 1; }

 private:
  yaml_parser_t parser_ = {};
};

std::vector<std::vector<ModuleNeed>> needs_of(YamlDocument& document, const yaml_node_t* data) {
  std::vector<std::vector<ModuleNeed>> ways;
  for (const yaml_node_t* way : document.items(document.find(data, "dependencies"))) {
    std::vector<ModuleNeed> needs;
    for (const auto& [module, streams] : document.pairs(document.find(way, "requires")))
      needs.push_back({module, document.texts(streams)});
    ways.push_back(std::move(needs));
  }
  return ways;
}

ModuleStream stream_of(YamlDocument& document, const yaml_node_t* data) {
  return {.name = YamlDocument::text(document.find(data, "name")),
          .stream = YamlDocument::text(document.find(data, "stream")),
          .version = parse_number(YamlDocument::text(document.find(data, "version"))).value_or(0),
          .context = YamlDocument::text(document.find(data, "context")),
          .needs = needs_of(document, data),
          .artifacts = document.texts(document.find(document.find(data, "artifacts"), "rpms"))};
}

void take_document(YamlDocument& document, ModuleDocuments& documents) {
  const std::string kind = YamlDocument::text(document.find(document.root(), "document"));
  const yaml_node_t* data = document.find(document.root(), "data");
  if (kind == "modulemd" || kind == "modulemd-stream") documents.streams.push_back(stream_of(document, data));
  const std::string stream = YamlDocument::text(document.find(data, "stream"));
  if (kind == "modulemd-defaults" && !stream.empty())
    documents.defaults.emplace_back(YamlDocument::text(document.find(data, "module")), stream);
}

using ChosenStreams = std::map<std::string, std::string>;  // "" for a module that is switched off

ChosenStreams chosen_streams(const ModuleDocuments& documents, const std::vector<ModuleState>& states) {
  ChosenStreams chosen(documents.defaults.begin(), documents.defaults.end());
  for (const ModuleState& state : states) {
    if (state.state == "enabled") chosen[state.name] = state.stream;
    if (state.state == "disabled") chosen[state.name].clear();
  }
  return chosen;
}

bool fits(const ModuleNeed& need, const std::string& stream) {
  if (need.streams.empty()) return true;
  if (std::ranges::find(need.streams, "-" + stream) != need.streams.end()) return false;
  const bool only_excludes =
      std::ranges::all_of(need.streams, [](const std::string& each) { return each.starts_with('-'); });
  return only_excludes || std::ranges::find(need.streams, stream) != need.streams.end();
}

bool holds(const std::vector<ModuleNeed>& way, const ChosenStreams& chosen, const std::string& platform) {
  return std::ranges::all_of(way, [&](const ModuleNeed& need) {
    if (need.module == "platform") return platform.empty() || fits(need, platform);
    const auto other = chosen.find(need.module);
    if (other == chosen.end()) return true;  // it is chosen for this one's sake
    return !other->second.empty() && fits(need, other->second);
  });
}

// The newest build for each context, of the streams chosen.
std::vector<const ModuleStream*> builds_in_use(const ModuleDocuments& documents, const ChosenStreams& chosen,
                                               const std::string& platform) {
  std::map<std::pair<std::string, std::string>, const ModuleStream*> newest;  // by module and context
  for (const ModuleStream& stream : documents.streams) {
    const auto choice = chosen.find(stream.name);
    if (choice == chosen.end() || choice->second != stream.stream) continue;
    const bool is_usable =
        stream.needs.empty() || std::ranges::any_of(stream.needs, [&](const std::vector<ModuleNeed>& way) {
          return holds(way, chosen, platform);
        });
    if (!is_usable) continue;
    const ModuleStream*& known = newest[{stream.name, stream.context}];
    if (known == nullptr || known->version < stream.version) known = &stream;
  }
  std::vector<const ModuleStream*> builds;
  for (const auto& [key, stream] : newest) builds.push_back(stream);
  return builds;
}

// Streams that a stream in use needs of modules for which none is chosen; whether there were any.
bool choose_needed(const std::vector<const ModuleStream*>& builds, ChosenStreams& chosen) {
  bool has_chosen = false;
  for (const ModuleStream* build : builds)
    for (const auto& way : build->needs)
      for (const ModuleNeed& need : way) {
        if (need.module == "platform" || chosen.contains(need.module)) continue;
        const auto stream = std::ranges::find_if(need.streams, [](const std::string& each) { return each[0] != '-'; });
        if (stream == need.streams.end()) continue;
        chosen[need.module] = *stream;
        has_chosen = true;
      }
  return has_chosen;
}

}  // namespace

Result<ModuleDocuments> parse_module_documents(std::string_view text) {
  ModuleDocuments documents;
  YamlParser parser(text);
  for (;;) {
    YamlDocument document;
    if (!parser.load(document)) return fail(fmt::format("modules.yaml, line {}: no YAML", parser.line()));
    if (document.root() == nullptr) return documents;
    take_document(document, documents);
  }
}

ModularRpms modular_rpms(const ModuleDocuments& documents, const std::vector<ModuleState>& states,
                         const std::string& platform) {
  ChosenStreams chosen = chosen_streams(documents, states);
  std::vector<const ModuleStream*> builds = builds_in_use(documents, chosen, platform);
  while (choose_needed(builds, chosen)) builds = builds_in_use(documents, chosen, platform);
  std::set<std::string> active;
  for (const ModuleStream* build : builds) active.insert(build->artifacts.begin(), build->artifacts.end());
  std::set<std::string> hidden;
  for (const ModuleStream& stream : documents.streams)
    for (const std::string& artifact : stream.artifacts)
      if (!active.contains(artifact)) hidden.insert(artifact);
  return {.active = {active.begin(), active.end()}, .hidden = {hidden.begin(), hidden.end()}};
}

}  // namespace nvprov
