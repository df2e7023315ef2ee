#include "metadata/xml_reader.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <limits>
#include <memory>
#include <type_traits>

#include "base/text.hpp"

namespace nvprov {
namespace {

struct State {
  const XmlHandler& handler;
  XML_Parser parser = nullptr;
  std::string text;
  bool has_doctype = false;
};

std::string without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

void on_start(void* place, const XML_Char* name, const XML_Char** pairs) {
  State& state = *static_cast<State*>(place);
  state.text.clear();
  std::map<std::string, std::string> attributes;
  for (; *pairs != nullptr; pairs += 2) attributes[without_prefix(pairs[0])] = pairs[1];
  state.handler.on_start(without_prefix(name), attributes);
}

void on_end(void* place, const XML_Char* name) {
  State& state = *static_cast<State*>(place);
  state.handler.on_end(without_prefix(name), std::string(trim(state.text)));
  state.text.clear();
}

void on_text(void* place, const XML_Char* text, int length) {
  static_cast<State*>(place)->text.append(text, static_cast<std::size_t>(length));
}

void on_doctype(void* place, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  State& state = *static_cast<State*>(place);
  state.has_doctype = true;
  XML_StopParser(state.parser, XML_FALSE);
}

struct ParserFree {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

Status read_xml(std::string_view document, const XmlHandler& handler) {
  if (document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return fail("it is too large");
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserFree> parser(XML_ParserCreate(nullptr));
  if (!parser) return fail("there is no memory to read it");
  State state{.handler = handler, .parser = parser.get(), .text = {}, .has_doctype = false};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), &on_start, &on_end);
  XML_SetCharacterDataHandler(parser.get(), &on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
  const auto outcome = XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
  if (state.has_doctype) return fail("it has a DOCTYPE, which no repository needs");
  if (outcome == XML_STATUS_OK) return {};
  return fail(fmt::format("line {}: {}", XML_GetCurrentLineNumber(parser.get()),
                          XML_ErrorString(XML_GetErrorCode(parser.get()))));
}

}  // namespace nvprov
