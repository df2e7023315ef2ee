#include "cli/options.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

// What is said to a user who typed this; "" where it is understood.
std::string said_to(const std::vector<std::string>& arguments) {
  const auto line = parse_command_line(arguments);
  if (line) return {};
  std::string text = line.error().message;
  for (const std::string& hint : line.error().hints) text += "\n" + hint;
  return text;
}

}  // namespace

TEST_CASE("a command line that is not understood is answered with what was meant") {
  CHECK(said_to({"paln"}) == "`paln` is not understood\ndid you mean `plan`?\n`nvprov --help`");
  CHECK(said_to({"help"}) == "`help` is not understood\ndid you mean `--help`?\n`nvprov --help`");
  CHECK(said_to({"plan", "--gup", "T4"}) ==
        "`--gup` is not understood by `nvprov plan`\ndid you mean `--gpu`?\n`nvprov plan --help`");
  CHECK(said_to({"plan", "--gup=T4"}) ==
        "`--gup` is not understood by `nvprov plan`\ndid you mean `--gpu`?\n`nvprov plan --help`");
  CHECK(said_to({"plan", "--gpu"}) == "`--gpu` needs a value\n`nvprov plan --help`");
  CHECK(said_to({"export"}) == "`nvprov export` needs a format\n`nvprov export --help`");
}

TEST_CASE("an option before its command is told where it belongs") {
  CHECK(said_to({"--gpu", "T4", "plan"}) ==
        "`--gpu` stands before the command\nwrite it after the command: `nvprov plan --gpu ...`\n`nvprov plan --help`");
  CHECK(said_to({"--json", "plan", "--gpu", "T4"}).empty());
}

TEST_CASE("a word that is none of a list is answered with the list") {
  CHECK(said_to({"export", "dockerfle"}) ==
        "there is no format `dockerfle`\ndid you mean `dockerfile`?\nknown: cloud-init, dockerfile, shell\n"
        "`nvprov export --help`");
  CHECK(said_to({"plan", "--target", "vm"}) == "`--target` takes no `vm`\nknown: host, image\n`nvprov plan --help`");
}
