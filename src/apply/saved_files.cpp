#include "apply/saved_files.hpp"

#include <fmt/format.h>

#include <functional>

#include "base/append.hpp"
#include "packages/alternatives.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

struct FileOf {
  std::optional<WriteFile> operator()(const AddRepository& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = 0644, .purpose = step.purpose};
  }
  std::optional<WriteFile> operator()(const ImportKey& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = 0644, .purpose = step.purpose};
  }
  std::optional<WriteFile> operator()(const RemoveRepository& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = 0644, .purpose = step.reason};
  }
  std::optional<WriteFile> operator()(const EnableRepository& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = 0644, .purpose = step.purpose};
  }
  std::optional<WriteFile> operator()(const HoldPackages& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = 0644, .purpose = step.purpose};
  }
  std::optional<WriteFile> operator()(const SetModuleStream&) const { return std::nullopt; }
  std::optional<WriteFile> operator()(const WriteFile& step) const { return step; }
  std::optional<WriteFile> operator()(const RefreshMetadata&) const { return std::nullopt; }
  std::optional<WriteFile> operator()(const InstallPackages&) const { return std::nullopt; }
  std::optional<WriteFile> operator()(const SetPackageMark&) const { return std::nullopt; }
  std::optional<WriteFile> operator()(const SetAlternative&) const { return std::nullopt; }
  std::optional<WriteFile> operator()(const ConfigureContainerEngine& step) const {
    return WriteFile{.path = step.path, .content = step.content, .mode = step.mode, .purpose = step.purpose};
  }
  std::optional<WriteFile> operator()(const ManageService&) const { return std::nullopt; }
};

// Only what we wrote is taken back: another hand's change since then is worth more than our order.
Status put_back(Host& host, const PreImage& image, const WriteFile& ours) {
  const auto present = host.read_file(image.path);
  if (!present) return fail(present.error());
  if (*present != ours.content) return {};
  if (!image.existed) return host.remove_file(image.path);
  return host.write_file(image.path, image.content, image.mode);
}

// As it was chosen before. A link that is not there any more, with the packages it led to, needs nothing.
std::vector<std::string> put_alternative_back(Host& host, const SetAlternative& step) {
  const auto target = host.read_link(alternative_link(step.name));
  if (target && *target != step.target) return {};
  const auto argv = step.former ? set_alternative_argv(step.name, *step.former) : automatic_alternative_argv(step.name);
  const auto output = host.run({.argv = argv, .environment = {}}, {});
  if (output && output->exit_status == 0) return {};
  return {fmt::format("{} could not be put back: {}", step.link,
                      output ? fmt::format("`{}` failed", fmt::join(argv, " ")) : output.error().message)};
}

// Drawn in by others, as they were.
std::vector<std::string> put_mark_back(Host& host, const SetPackageMark& step) {
  const std::vector<std::string> argv = mark_drawn_in_argv(step.packages);
  const auto output = host.run({.argv = argv, .environment = {}}, {});
  if (output && output->exit_status == 0) return {};
  return {fmt::format("the marks of {} could not be put back: {}", fmt::join(step.packages, ", "),
                      output ? fmt::format("`{}` failed", fmt::join(argv, " ")) : output.error().message)};
}

// What the package manager wrote for us has no words of ours to compare: it is put back as it was.
std::vector<std::string> put_step_back(Host& host, const JournalStep& step) {
  std::vector<std::string> problems;
  if (const auto* alternative = std::get_if<SetAlternative>(&step.step))
    return put_alternative_back(host, *alternative);
  if (const auto* mark = std::get_if<SetPackageMark>(&step.step)) return put_mark_back(host, *mark);
  if (std::holds_alternative<SetModuleStream>(step.step)) {
    for (const PreImage& image : step.pre_images)
      if (const auto status = put_back_whole(host, image); !status)
        problems.push_back(fmt::format("{} could not be put back: {}", image.path, status.error().message));
    return problems;
  }
  const auto ours = file_of(step.step);
  for (const PreImage& image : step.pre_images)
    if (const auto status = put_back(host, image, ours.value_or(WriteFile{})); !status)
      problems.push_back(fmt::format("{} could not be put back: {}", image.path, status.error().message));
  return problems;
}

bool wrote_files(const JournalStep& step) { return !step.pre_images.empty() && step.state != StepState::undone; }

// The last step first.
std::vector<std::string> put_back_where(Host& host, Journal& journal,
                                        const std::function<bool(const JournalStep&)>& is_meant) {
  std::vector<std::string> problems;
  for (auto step = journal.steps.rbegin(); step != journal.steps.rend(); ++step) {
    if (!wrote_files(*step) || !is_meant(*step)) continue;
    const auto of_step = put_step_back(host, *step);
    if (of_step.empty()) step->state = StepState::undone;
    append(problems, of_step);
  }
  return problems;
}

}  // namespace

std::vector<std::string> files_of(const Step& step) {
  if (const auto* stream = std::get_if<SetModuleStream>(&step))
    return {fmt::format("/etc/dnf/modules.d/{}.module", stream->module)};
  if (const auto* removed = std::get_if<RemoveRepository>(&step)) return {removed->path};
  if (const auto* alternative = std::get_if<SetAlternative>(&step)) return alternative_records(alternative->name);
  if (std::holds_alternative<SetPackageMark>(step)) return {"/var/lib/apt/extended_states"};
  if (const auto file = file_of(step)) return {file->path};
  return {};
}

std::optional<WriteFile> file_of(const Step& step) { return std::visit(FileOf{}, step); }

Result<PreImage> take_pre_image(const HostView& host, const std::string& path) {
  auto content = host.read_file(path);
  if (!content) return fail(content.error());
  const auto info = host.file_info(path);
  if (!info) return fail(info.error());
  PreImage image{.path = path, .existed = content->has_value() && info->has_value(), .content = {}};
  if (!image.existed) return image;
  image.content = std::move(**content);
  image.mode = (*info)->mode;
  image.owner = (*info)->owner;
  image.group = (*info)->group;
  return image;
}

Status put_back_whole(Host& host, const PreImage& image) {
  if (!image.existed) return host.remove_file(image.path);
  return host.write_file(image.path, image.content, image.mode);
}

Result<bool> has_content(const HostView& host, const WriteFile& file) {
  const auto present = take_pre_image(host, file.path);
  if (!present) return fail(present.error());
  return present->existed && present->content == file.content && present->mode == file.mode;
}

std::vector<std::string> put_files_back(Host& host, Journal& journal) {
  return put_back_where(host, journal, [](const JournalStep&) { return true; });
}

std::vector<std::string> put_engine_files_back(Host& host, Journal& journal, const std::string& engine) {
  return put_back_where(host, journal, [&](const JournalStep& step) {
    const auto* file = std::get_if<ConfigureContainerEngine>(&step.step);
    return file != nullptr && file->engine == engine;
  });
}

}  // namespace nvprov
