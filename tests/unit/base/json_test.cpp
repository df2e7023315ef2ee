#include "base/json.hpp"

#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"

using namespace nvprov;

namespace {

Json parsed(std::string_view text) {
  const auto json = parse_json(text, "a.json");
  REQUIRE(json);
  return *json;
}

Diagnostics problems_of(std::string_view text) {
  const auto json = parse_json(text, "a.json");
  REQUIRE_FALSE(json);
  return json.error();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("a document is read with its members in their order") {
  const Json expected = JsonObject{{"b", JsonArray{1, 2.5, "x", nullptr, true}}, {"a", JsonObject{}}};
  CHECK(parsed(R"({"b": [1, 2.5, "x", null, true], "a": {}})") == expected);
}

TEST_CASE("what is printed is read as the same value") {
  const Json value = JsonObject{{"text", "quote \" slash \\ tab \t \u00e4"},
                                {"list", JsonArray{std::int64_t{INT64_MIN}, 0.1, false}},
                                {"empty", JsonArray{}}};
  CHECK(parsed(format_json(value)) == value);
  CHECK(format_json(JsonObject{{"b", 1}, {"a", JsonArray{"x"}}}) == "{\n  \"b\": 1,\n  \"a\": [\n    \"x\"\n  ]\n}\n");
}

TEST_CASE("text that is not UTF-8 is refused when read and replaced when printed") {
  CHECK(problems_of("\"\xff\"").size() == 1);
  CHECK(format_json("a\xff") == "\"a\xef\xbf\xbd\"\n");
}

TEST_CASE("every duplicate key is named with its place") {
  const Diagnostics expected = {{"a.json", "/x", "the key stands twice in one object", "keep one of them"},
                                {"a.json", "/list/1/y", "the key stands twice in one object", "keep one of them"}};
  CHECK(problems_of(R"({"x": 1, "x": 2, "list": [{"y": 1}, {"y": 1, "y": 1}]})") == expected);
}

TEST_CASE("a document with duplicate keys can still be read for its other problems") {
  Diagnostics problems;
  const auto json = parse_json(R"({"x": 1, "x": 2})", "a.json", problems);
  REQUIRE(json);
  CHECK(*json->find("x") == Json(1));
  CHECK(problems.size() == 1);
}

TEST_CASE("what is not JSON is refused with line and column") {
  const Diagnostics problems = problems_of("{\n  \"a\": 1,\n  \"b\": nul }\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place == "line 3, column 11");
  CHECK(problems[0].message ==
        "not valid JSON: syntax error while parsing value - invalid literal; last read: '\"b\": nul '");
}

TEST_CASE("every beginning of a document is refused, not read and no crash") {
  const std::string text = R"({"a": [1, -2.5e3, "\u00e4\n"], "b": {"c": null, "d": false}})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(problems_of(text.substr(0, size)).size() == 1);
  }
}

TEST_CASE("what RFC 8259 does not allow is refused") {
  for (const std::string_view text : {"", "  ", "{} x", "{,}", "[1,]", "{\"a\":1,}", "'a'", "// c\n1", "01", "+1",
                                      "NaN", "\"\t\"", "\"\\x\"", "{1:2}", "1e999"}) {
    CAPTURE(text);
    CHECK(problems_of(text).size() == 1);
  }
}

TEST_CASE("nesting has a limit, so that no document can exhaust the stack") {
  CHECK(parse_json(nested(100), "a.json"));
  CHECK(problems_of(nested(101))[0].message == "nested more than 100 levels deep");
  CHECK(problems_of(nested(200'000))[0].message == "nested more than 100 levels deep");
}

TEST_CASE("a strict reader names every problem of an object at once") {
  const Json value = parsed(R"({"$note": 1, "name": 5, "flag": "yes", "list": ["a", 1], "items": [{"id": "x"}, 7],
                               "nmae": "n", "part": {"idd": "y"}})");
  Diagnostics problems;
  ObjectReader reader(value, "a.json", "", problems);
  reader.text("name");
  reader.boolean("flag");
  reader.texts("list");
  reader.objects("items", [](ObjectReader& item) { return item.text("id"); });
  reader.object("part", [](ObjectReader& item) { return item.text("id"); });
  reader.nullable_integer("count");
  reader.finish();
  const Diagnostics expected = {{"a.json", "/name", "expected a string, found a whole number", ""},
                                {"a.json", "/flag", "expected true or false, found a string", ""},
                                {"a.json", "/list/1", "expected a string, found a whole number", ""},
                                {"a.json", "/items/1", "expected an object, found a whole number", ""},
                                {"a.json", "/part", "the field `id` is missing", ""},
                                {"a.json", "/part/idd", "unknown field", "did you mean `id`?"},
                                {"a.json", "/", "the field `count` is missing", ""},
                                {"a.json", "/nmae", "unknown field", "did you mean `name`?"}};
  CHECK(problems == expected);
}

TEST_CASE("a strict reader returns what is right") {
  const Json value = parsed(R"({"name": "n", "none": null, "list": ["a", "b"], "part": {"id": 1}, "gone": null})");
  Diagnostics problems;
  ObjectReader reader(value, "a.json", "", problems);
  CHECK(reader.text("name") == "n");
  CHECK(reader.nullable_text("none") == std::nullopt);
  CHECK(reader.texts("list") == std::vector<std::string>{"a", "b"});
  CHECK(reader.object("part", [](ObjectReader& item) { return item.integer("id"); }) == 1);
  CHECK(reader.nullable_object("gone", [](ObjectReader& item) { return item.integer("id"); }) == std::nullopt);
  reader.finish();
  CHECK(problems == Diagnostics{});
}

TEST_CASE("a text that breaks its rule is noted where it stands, and still returned") {
  const Json value = parsed(R"({"name": "B", "maybe": "C", "none": null, "list": ["a", "D"], "wrong": 1})");
  const TextRule is_a = [](std::string_view text) -> std::optional<Complaint> {
    if (text == "a") return std::nullopt;
    return Complaint{"is not a", "write a"};
  };
  Diagnostics problems;
  ObjectReader reader(value, "a.json", "", problems);
  CHECK(reader.text("name", is_a) == "B");
  CHECK(reader.nullable_text("maybe", is_a) == "C");
  CHECK(reader.nullable_text("none", is_a) == std::nullopt);
  CHECK(reader.texts("list", is_a) == std::vector<std::string>{"a", "D"});
  CHECK(reader.text("wrong", is_a).empty());
  const Diagnostics expected = {{"a.json", "/name", "is not a", "write a"},
                                {"a.json", "/maybe", "is not a", "write a"},
                                {"a.json", "/list/1", "is not a", "write a"},
                                {"a.json", "/wrong", "expected a string, found a whole number", ""}};
  CHECK(problems == expected);
}

TEST_CASE("an object with free keys is read entry by entry") {
  const Json value = parsed(R"({"all": {"$note": 1, "one": {"id": "a"}, "two": {"di": "b"}}})");
  Diagnostics problems;
  ObjectReader reader(value, "a.json", "", problems);
  std::vector<std::string> names;
  reader.entries("all", [&](const std::string& name, ObjectReader& item) { names.push_back(name + item.text("id")); });
  CHECK(names == std::vector<std::string>{"onea", "two"});
  const Diagnostics expected = {{"a.json", "/all/two", "the field `id` is missing", ""},
                                {"a.json", "/all/two/di", "unknown field", "did you mean `id`?"}};
  CHECK(problems == expected);
}
