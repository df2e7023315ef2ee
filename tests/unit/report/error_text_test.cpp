#include "report/error_text.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

Error sample_error() {
  Error error;
  error.kind = ErrorKind::usage;
  error.message = "there is no profile deplyo";
  error.because = {"the catalog has deploy, develop and container"};
  error.hints = {"did you mean deploy? Type: `nvprov plan --profile deploy`", "`nvprov detect`", "read `detect` first"};
  error.context = {"reading the options"};
  return error;
}

const Diagnostics two_problems = {
    {.file = "x.json", .place = "/a/0", .message = "expected a string", .hint = "write \"1\""},
    {.file = "", .place = "gpus", .message = "cannot read /sys", .hint = ""}};

Json fields_of(const Json& document) {
  JsonArray names;
  for (const JsonMember& member : *document.get_if<JsonObject>()) names.emplace_back(member.key);
  return names;
}

}  // namespace

TEST_CASE("an error says what, why, what to do, and during what; commands stand alone") {
  CHECK(error_text(sample_error()) ==
        "error: there is no profile deplyo\n"
        "because: the catalog has deploy, develop and container\n"
        "hint: did you mean deploy? Type:\n"
        "    nvprov plan --profile deploy\n"
        "hint: run:\n"
        "    nvprov detect\n"
        "hint: read `detect` first\n"
        "while: reading the options\n");
}

TEST_CASE("every problem of an input stands on a line with its place") {
  CHECK(diagnostics_text(two_problems) ==
        "x.json: /a/0: expected a string; write \"1\"\n"
        "gpus: cannot read /sys\n");
}

TEST_CASE("the JSON of an error keeps its kind, reasons and exit code") {
  const Json expected =
      JsonObject{{"schema", "nvprov.error/1"},
                 {"exit_code", 2},
                 {"error", JsonObject{{"kind", "usage"},
                                      {"message", "there is no profile deplyo"},
                                      {"because", JsonArray{"the catalog has deploy, develop and container"}},
                                      {"hints", JsonArray{"did you mean deploy? Type: `nvprov plan --profile deploy`",
                                                          "`nvprov detect`", "read `detect` first"}},
                                      {"context", JsonArray{"reading the options"}}}},
                 {"diagnostics", JsonArray{}},
                 {"requirements", JsonArray{}},
                 {"conflicts", JsonArray{}},
                 {"remedies", JsonArray{}}};
  CHECK(format_json(error_to_json(sample_error(), 2)) == format_json(expected));
}

TEST_CASE("the JSON of input problems lists each with file, place and hint") {
  const Json document = error_to_json(two_problems, 2);
  CHECK(*document.find("error")->find("message") == Json("2 problems in the input"));
  const Json expected = JsonArray{
      JsonObject{{"file", "x.json"}, {"place", "/a/0"}, {"message", "expected a string"}, {"hint", "write \"1\""}},
      JsonObject{{"file", ""}, {"place", "gpus"}, {"message", "cannot read /sys"}, {"hint", ""}}};
  CHECK(format_json(*document.find("diagnostics")) == format_json(expected));
}

TEST_CASE("whatever went wrong, the JSON document has the same fields") {
  const Json fields = fields_of(error_to_json(sample_error(), 1));
  CHECK(fields_of(error_to_json(two_problems, 2)) == fields);
  CHECK(fields_of(error_to_json(Unsatisfiable{}, 3)) == fields);
}
