#include "cli/bundle_options.hpp"

#include <fmt/format.h>

namespace nvprov {
namespace {

constexpr const char* verify_word = "verify";

Status set_check(Typed& typed, const CLI::App& command) {
  if (!typed.bundle_second)
    return fail(ErrorKind::usage, "`nvprov bundle verify` needs the bundle to verify", {},
                {"`nvprov bundle verify bundle.tar.zst`", "a plan or lock that is called so is `./verify`"});
  for (const CLI::Option* option : command.get_options())
    if (option->count() > 0 && !option->get_positional() && option->get_name() != "--key")
      return fail(ErrorKind::usage, fmt::format("`{}` says nothing to `nvprov bundle verify`", option->get_name()), {},
                  {"`nvprov bundle verify FILE --key FILE`"});
  typed.line.command = BundleCheckCommand{.file = *typed.bundle_second, .key = typed.apply.key};
  return {};
}

// The file says what is wanted and for which GPU; whose packages and files count is told beside it.
bool is_wish_typed(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string& name = option->get_name();
    const std::string& group = option->get_group();
    const bool is_wish = group == "What is wanted" || name == "--gpu" || name == "--kernel";
    if (option->count() > 0 && is_wish) return true;
  }
  return false;
}

}  // namespace

Status set_bundle_command(Typed& typed, const CLI::App& command) {
  if (typed.bundle_first == verify_word) return set_check(typed, command);
  if (typed.bundle_second)
    return fail(ErrorKind::usage, fmt::format("`{}` is one argument too many", *typed.bundle_second), {},
                {"`nvprov bundle verify FILE` verifies one"});
  if (typed.apply.key)
    return fail(ErrorKind::usage, "`--key` goes with `nvprov bundle verify`", {},
                {"`--sign FILE` signs a bundle, with a private key"});
  if (typed.apply.plan.offline)
    return fail(ErrorKind::usage, "a bundle is made of what repositories have, and `--offline` asks none", {},
                {"leave `--offline` out"});
  if (typed.bundle_first && is_wish_typed(command))
    return fail(ErrorKind::usage, "a plan or lock already says what is wanted", {},
                {"give either the file or options; `--facts`, `--root` and `--sign` go with both"});
  const TargetOptions& target = typed.apply.plan.target;
  if (target.root && target.facts)
    return fail(ErrorKind::usage, "`--root` and `--facts` each name another machine", {}, {"give one of them"});
  typed.bundle.file = typed.bundle_first;
  typed.bundle.plan = typed.apply.plan;
  typed.line.command = typed.bundle;
  return {};
}

}  // namespace nvprov
