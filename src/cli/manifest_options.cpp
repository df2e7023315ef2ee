#include "cli/manifest_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "catalog/raw_records.hpp"

namespace nvprov {
namespace {

Status set_lint(Typed& typed) {
  if (typed.manifest_second)
    return fail(ErrorKind::usage, fmt::format("`{}` is one argument too many", *typed.manifest_second), {},
                {"`nvprov manifest lint` looks at one folder"});
  typed.line.command = LintCommand{typed.manifest_first};
  return {};
}

Status set_show(Typed& typed) {
  const std::vector<std::string> kinds = raw_record_kinds();
  const std::string known = "kinds: " + join(kinds, ", ");
  if (!typed.manifest_first || !typed.manifest_second)
    return fail(ErrorKind::usage, "`nvprov manifest show` needs the kind of a record and what identifies it", {},
                {"`nvprov manifest show driver 580`", known});
  const std::string& kind = *typed.manifest_first;
  if (std::ranges::find(kinds, kind) == kinds.end()) {
    const auto suggestion = did_you_mean(kind, kinds);
    return fail(ErrorKind::usage, fmt::format("there is no kind of record `{}`", kind), {},
                {suggestion ? fmt::format("did you mean `{}`?", *suggestion) : known});
  }
  typed.line.command = ShowCommand{kind, *typed.manifest_second};
  return {};
}

Status set_diff(Typed& typed) {
  if (!typed.manifest_first)
    return fail(ErrorKind::usage, "`nvprov manifest diff` needs a folder with data", {},
                {"`nvprov manifest diff NEW`, or `nvprov manifest diff OLD NEW`"});
  typed.line.command = DiffCommand{*typed.manifest_first, typed.manifest_second};
  return {};
}

}  // namespace

Status set_manifest_command(Typed& typed) {
  switch (typed.manifest_action) {
    case ManifestAction::lint: return set_lint(typed);
    case ManifestAction::show: return set_show(typed);
    case ManifestAction::diff: return set_diff(typed);
  }
  return {};
}

}  // namespace nvprov
