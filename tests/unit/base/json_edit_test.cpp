#include "base/json_edit.hpp"

#include <random>

#include "support/catch.hpp"

using namespace nvprov;

namespace {

using JsonKeys = std::vector<std::string>;

std::string with_member(std::string_view text, const JsonKeys& object, std::string_view key, const Json& value) {
  const auto edit = insert_json_member(text, object, key, value);
  REQUIRE(edit);
  return edited(text, *edit);
}

std::string without_member(std::string_view text, const JsonKeys& path) {
  const auto edit = remove_json_member(text, path);
  REQUIRE(edit);
  return edited(text, *edit);
}

const Json sample_value = JsonObject{{"args", JsonArray{}}, {"path", "p"}};

// --- random documents in random white space ---

class JsonMaker {
 public:
  explicit JsonMaker(unsigned seed) : random_(seed) {}

  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  std::string blanks() {
    static constexpr std::string_view kinds[] = {"", "", " ", "\n", "\n  ", "\t", "\r\n\t", "  "};
    return std::string(kinds[below(8)]);
  }
  std::string key(unsigned number) {
    static constexpr std::string_view forms[] = {"\"k{}\"", "\"\\u006b{}\"", "\"\\\"}}{}\"", "\"a,:[{}\""};
    return std::string(replace(forms[below(4)], std::to_string(number)));
  }
  std::string value(unsigned depth) {
    static constexpr std::string_view scalars[] = {"1", "-2.50e3", "true", "null", "\"}\\\\\"", "\"\\\"],\"", "[]"};
    const unsigned kind = below(depth == 0 ? 7 : 12);
    if (kind < 7) return std::string(scalars[kind]);
    return kind < 9 ? list(depth - 1) : object(depth - 1);
  }
  std::string object(unsigned depth) {
    const unsigned count = below(4);
    if (count == 0) return "{}";
    std::string text = "{";
    for (unsigned i = 0; i < count; ++i)
      text += (i == 0 ? "" : ",") + blanks() + key(i) + blanks() + ":" + blanks() + value(depth) + blanks();
    return text + "}";
  }

 private:
  static std::string replace(std::string_view form, const std::string& number) {
    std::string text(form);
    text.replace(text.find("{}"), 2, number);
    return text;
  }
  std::string list(unsigned depth) {
    return "[" + blanks() + value(depth) + blanks() + "," + value(depth) + blanks() + "]";
  }

  std::mt19937 random_;
};

// Every path to an object of a value.
void add_object_paths(const Json& value, const JsonKeys& path, std::vector<JsonKeys>& paths) {
  const auto* members = value.get_if<JsonObject>();
  if (members == nullptr) return;
  paths.push_back(path);
  for (const JsonMember& member : *members) {
    JsonKeys deeper = path;
    deeper.push_back(member.key);
    add_object_paths(member.value, deeper, paths);
  }
}

// Json cannot be changed in place: it is built anew along the path.
Json with_object(const Json& value, std::span<const std::string> path, const JsonObject& object) {
  if (path.empty()) return object;
  JsonObject members = *value.get_if<JsonObject>();
  for (JsonMember& member : members)
    if (member.key == path.front()) member.value = with_object(member.value, path.subspan(1), object);
  return members;
}

const Json& object_at(const Json& value, std::span<const std::string> path) {
  return path.empty() ? value : object_at(*value.find(path.front()), path.subspan(1));
}

void check_edits_of(const std::string& text, const Json& value, const JsonKeys& path) {
  const JsonObject members = *object_at(value, path).get_if<JsonObject>();
  JsonObject more = members;
  more.push_back({"new", sample_value});
  const std::string inserted = with_member(text, path, "new", sample_value);
  CHECK(parse_json(inserted, "") == with_object(value, path, more));
  JsonKeys added = path;
  added.push_back("new");
  CHECK(without_member(inserted, added) == text);
  for (std::size_t i = 0; i < members.size(); ++i) {
    JsonKeys each = path;
    each.push_back(members[i].key);
    JsonObject rest = members;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(parse_json(without_member(text, each), "") == with_object(value, path, rest));
    JsonObject other = members;
    other[i].value = sample_value;
    CHECK(parse_json(edited(text, *replace_json_value(text, each, sample_value)), "") ==
          with_object(value, path, other));
  }
}

}  // namespace

TEST_CASE("a member goes to the end of its object in the layout the document has") {
  CHECK(with_member("{\n  \"a\": 1\n}\n", {}, "b", sample_value) ==
        "{\n  \"a\": 1,\n  \"b\": {\n    \"args\": [],\n    \"path\": \"p\"\n  }\n}\n");
  CHECK(with_member("{\n\t\"a\": {\n\t\t\"x\": 1\n\t}\n}", {"a"}, "b", sample_value) ==
        "{\n\t\"a\": {\n\t\t\"x\": 1,\n\t\t\"b\": {\n\t\t\t\"args\": [],\n\t\t\t\"path\": \"p\"\n\t\t}\n\t}\n}");
  CHECK(with_member("{\r\n  \"a\":1\r\n}\r\n", {}, "b", true) == "{\r\n  \"a\":1,\r\n  \"b\":true\r\n}\r\n");
}

TEST_CASE("a document on one line stays on one line") {
  CHECK(with_member(R"({"a": 1, "b": 2})", {}, "c", sample_value) ==
        R"({"a": 1, "b": 2, "c": {"args": [], "path": "p"}})");
  CHECK(with_member(R"({"a":{}})", {"a"}, "c", sample_value) == R"({"a":{"c":{"args":[],"path":"p"}}})");
  CHECK(with_member("{\n  \"a\": {\"x\": 1}\n}", {"a"}, "y", 2) == "{\n  \"a\": {\"x\": 1, \"y\": 2}\n}");
}

TEST_CASE("an empty object is opened, with the white space that was in it kept") {
  CHECK(with_member("{}", {}, "a", 1) == "{\n    \"a\": 1\n}");
  CHECK(with_member("{\n}\n", {}, "a", 1) == "{\n    \"a\": 1\n}\n");
  CHECK(with_member("{\n  \"a\": {}\n}", {"a"}, "b", 1) == "{\n  \"a\": {\n    \"b\": 1\n  }\n}");
}

TEST_CASE("a member is taken out with its comma wherever it stands") {
  CHECK(without_member(R"({"a": 1, "b": 2, "c": 3})", {"a"}) == R"({"b": 2, "c": 3})");
  CHECK(without_member(R"({"a": 1, "b": 2, "c": 3})", {"b"}) == R"({"a": 1, "c": 3})");
  CHECK(without_member(R"({"a": 1, "b": 2, "c": 3})", {"c"}) == R"({"a": 1, "b": 2})");
  CHECK(without_member("{\n  \"a\": {\"x\": 1}\n}", {"a", "x"}) == "{\n  \"a\": {}\n}");
}

TEST_CASE("what is not there is not edited") {
  const JsonKeys missing = {"a", "x"};
  const JsonKeys list = {"list"};
  const std::string text = R"({"a": 1, "list": []})";
  CHECK_FALSE(find_json_value(text, missing));
  CHECK_FALSE(remove_json_member(text, missing));
  CHECK_FALSE(replace_json_value(text, missing, 1));
  CHECK_FALSE(insert_json_member(text, list, "x", 1));
  CHECK_FALSE(insert_json_member(text, {}, "a", 1));
  CHECK_FALSE(remove_json_member(text, {}));
}

TEST_CASE("keys are known by what they mean, of two the last, behind a byte order mark too") {
  const JsonKeys path = {"runtimes"};
  const std::string text = "\xef\xbb\xbf{\"runtimes\": 1, \"\\u0072untimes\": 2}";
  REQUIRE(find_json_value(text, path));
  CHECK(part(text, *find_json_value(text, path)) == "2");
  CHECK(line_at("a\nb\nc", 4) == 3);
}

TEST_CASE("an edited text means the edited value, and what was inserted is taken out without a trace") {
  JsonMaker maker(20);
  for (int round = 0; round < 300; ++round) {
    const std::string text = maker.blanks() + maker.object(3) + maker.blanks();
    INFO(text);
    const auto value = parse_json(text, "");
    REQUIRE(value);
    std::vector<JsonKeys> paths;
    add_object_paths(*value, {}, paths);
    for (const JsonKeys& path : paths) check_edits_of(text, *value, path);
  }
}
