#include "base/toml_edit.hpp"

#include "base/toml.hpp"
#include "base/toml_scan.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

using TomlKeys = std::vector<std::string>;

Json toml_value(std::string_view text) {
  const auto json = parse_toml(text);
  REQUIRE(json);
  return *json;
}

std::string value_text(std::string_view text, const TomlKeys& path) {
  const auto span = find_toml_value(text, path);
  return span ? std::string(part(text, *span)) : "none";
}

std::string set_toml(std::string_view text, const TomlKeys& table, std::string_view key, std::string_view value) {
  return edited(text, insert_toml_value(text, table, key, value));
}

std::string with_item(std::string_view text, std::string_view item) {
  return edited(text, append_toml_item(text, *find_toml_value(text, TomlKeys{"x"}), item));
}

// A text with everything a scanner can stumble over.
constexpr std::string_view odd_toml = R"(# [no] "header
a = "]\"#" # c
'b.c'.d = '''
[x]
y = 1''''
"\u0065" = """\"""\\""" # quotes
day = 1979-05-27 07:32:00Z # with a blank
list = [ "[", # ]
  [1, 2], { k = "}" }, ]

[t . "u.v"]
k = { a.b = 1, c = { d = "," } } # }
[[l]]
k = 1
[l.m]
k = 2
[[l]]
[z]
)";

}  // namespace

TEST_CASE("TOML is read as what it means, and refused with its line") {
  const Json expected =
      JsonObject{{"a", JsonArray{1, 2.5, true}}, {"t", JsonObject{{"d", "1979-05-27"}, {"x", "inf"}}}};
  CHECK(toml_value("a = [1, 2.5, true]\n[t]\nx = inf\nd = 1979-05-27\n") == expected);
  for (const std::string_view text : {"a = 1\nb = \n", "a = 1\na = 2\n", "[a]\n[a]\n", "a = 1\nb = \"\xff\"\n"}) {
    const auto json = parse_toml(text);
    REQUIRE_FALSE(json);
    CHECK(json.error().message.starts_with("line 2: not valid TOML: "));
  }
}

TEST_CASE("values are found behind strings, comments and brackets of every kind") {
  toml_value(odd_toml);
  CHECK(value_text(odd_toml, {"a"}) == R"("]\"#")");
  CHECK(value_text(odd_toml, {"b.c", "d"}) == "'''\n[x]\ny = 1''''");
  CHECK(value_text(odd_toml, {"e"}) == R"("""\"""\\""")");
  CHECK(value_text(odd_toml, {"day"}) == "1979-05-27 07:32:00Z");
  CHECK(value_text(odd_toml, {"t", "u.v", "k", "a", "b"}) == "1");
  CHECK(value_text(odd_toml, {"t", "u.v", "k", "c", "d"}) == R"(",")");
  CHECK(value_text(odd_toml, {"l", "k"}) == "none");
  CHECK(value_text(odd_toml, {"x"}) == "none");
  CHECK(list_items(odd_toml, *find_toml_value(odd_toml, TomlKeys{"list"})).size() == 3);
  CHECK(line_at(odd_toml, *find_toml_place(odd_toml, TomlKeys{"z"})) == 18);
}

TEST_CASE("everything set in a table is listed, whatever its form") {
  const std::vector<TomlSetting> expected = {{{"a", "b"}, "1"}, {{"c", "d"}, "\",\""}};
  CHECK(toml_settings(odd_toml, TomlKeys{"t", "u.v", "k"}) == expected);
  const std::vector<TomlSetting> spread = {{{"x"}, "1"}, {{"o", "y"}, "2"}, {{"o", "p", "z"}, "3"}};
  CHECK(toml_settings("[t]\nx = 1\no.y = 2\n[t.o.p]\nz = 3\n[[t.l]]\nw = 4\n", TomlKeys{"t"}) == spread);
}

TEST_CASE("a value is set beside what its table has") {
  CHECK(set_toml("[t]\n  x = 1 # c\n\n[u]\n", {"t"}, "y", "2") == "[t]\n  x = 1 # c\n  y = 2\n\n[u]\n");
  CHECK(set_toml("[t] # c", {"t"}, "y", "2") == "[t] # c\ny = 2");
  CHECK(set_toml("t.o.x = 1\n[u]\n", {"t", "o"}, "y", "2") == "t.o.x = 1\nt.o.y = 2\n[u]\n");
  CHECK(set_toml("[t]\no.x = 1\n", {"t", "o"}, "y", "2") == "[t]\no.x = 1\no.y = 2\n");
  CHECK(set_toml("t = {}\n", {"t", "o.p"}, "y", "2") == "t = { \"o.p\".y = 2 }\n");
  CHECK(set_toml("[t.o]\nx = 1\n", {"t"}, "y", "2") == "[t.o]\nx = 1\n\n[t]\ny = 2\n");
  CHECK(set_toml("# c\n[t]\n", {}, "y", "2") == "y = 2\n# c\n[t]\n");
  CHECK(set_toml("x = 1\n\n[t]\n", {}, "y", "2") == "x = 1\ny = 2\n\n[t]\n");
}

TEST_CASE("an item goes to the end of a list in the form the list has") {
  CHECK(with_item("x = []\n", "1") == "x = [1]\n");
  CHECK(with_item("x = [ 0 ]\n", "1") == "x = [ 0, 1 ]\n");
  CHECK(with_item("x = [\n  0\n]\n", "1") == "x = [\n  0,\n  1\n]\n");
  CHECK(with_item("x = [\n  0, # c\n]\n", "1") == "x = [\n  0, # c\n  1,\n]\n");
  CHECK(with_item("x = [\n  0 # c\n]\n", "1") == "x = [\n  0, # c\n  1\n]\n");
  CHECK(with_item("x = [\n  0]\n", "1") == "x = [\n  0,\n  1]\n");
}

TEST_CASE("a table is taken out with what is in it, and nothing else") {
  const std::string text = "a = 1\n\n# about t\n[t]\nx = 1\n# in t\n[t.u]\ny = 2\n\n# about v\n[v]\n\n[t.w]\nz = 3\n";
  CHECK(remove_toml_key(text, TomlKeys{"t"}) == "a = 1\n\n# about t\n\n# about v\n[v]\n");
  CHECK(remove_toml_key("t = { a = 1, b = { c = 2 }, d = 3 }\n", TomlKeys{"t", "b"}) == "t = { a = 1, d = 3 }\n");
  CHECK(remove_toml_key("t = { a.x = 1, a.y = 2 }\n", TomlKeys{"t", "a"}) == "t = {}\n");
  CHECK(remove_toml_key("[t]\na.x = 1\nb = 2\na.y = 3\n", TomlKeys{"t", "a"}) == "[t]\nb = 2\n");
  CHECK(remove_toml_key(text, TomlKeys{"none"}) == text);
}
