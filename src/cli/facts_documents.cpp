#include "cli/facts_documents.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <utility>

#include "base/text.hpp"
#include "cli/caller_files.hpp"
#include "host/line_reader.hpp"

namespace nvprov {
namespace {

constexpr std::string_view document_suffix = ".json";

Error too_large_document() {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("the document is larger than {} MiB", largest_facts_document >> 20),
          .because = {},
          .hints = {},
          .context = {}};
}

Result<std::string> read_document(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(path);
  if (info && *info && (*info)->size > largest_facts_document) return fail(too_large_document());
  auto text = machine.read_file(path);
  if (!text) return fail(text.error());
  if (!*text) return fail(ErrorKind::usage, "there is no such file");
  return std::move(**text);
}

class FolderDocuments : public FactsDocuments {
 public:
  FolderDocuments(const HostView& machine, std::string folder, std::string shown, std::vector<std::string> names)
      : machine_(machine), folder_(std::move(folder)), shown_(std::move(shown)), names_(std::move(names)) {}

  std::optional<FactsDocument> next() override {
    const std::size_t index = next_++;
    if (index >= names_.size()) return std::nullopt;
    const std::string& name = names_[index];
    return FactsDocument{.number = index,
                         .name = name.substr(0, name.size() - document_suffix.size()),
                         .file = shown_ + "/" + name,
                         .may_name_host = false,
                         .text = read_document(machine_, folder_ + "/" + name)};
  }

 private:
  const HostView& machine_;
  std::string folder_;
  std::string shown_;
  std::vector<std::string> names_;
  std::atomic<std::size_t> next_ = 0;
};

class LineDocuments : public FactsDocuments {
 public:
  LineDocuments(LineReader reader, InputLine first) : reader_(std::move(reader)), first_(std::move(first)) {}

  std::optional<FactsDocument> next() override {
    const std::lock_guard<std::mutex> one_at_a_time(mutex_);
    if (is_at_end_) return std::nullopt;
    auto line = first_ ? Result<std::optional<InputLine>>(std::exchange(first_, std::nullopt)) : next_filled();
    if (line && !*line) return std::nullopt;
    if (!line) {
      is_at_end_ = true;
      return document_of({.number = last_ + 1, .text = {}, .is_too_long = false}, fail(line.error()));
    }
    last_ = (*line)->number;
    auto text = (*line)->is_too_long ? Result<std::string>(fail(too_large_document())) : std::move((*line)->text);
    return document_of(**line, std::move(text));
  }

 private:
  static FactsDocument document_of(const InputLine& line, Result<std::string> text) {
    const std::string place = fmt::format("line {}", line.number);
    return {.number = line.number, .name = place, .file = place, .may_name_host = true, .text = std::move(text)};
  }

  Result<std::optional<InputLine>> next_filled() {
    for (;;) {
      auto line = reader_.next();
      const bool is_blank = line && *line && !(*line)->is_too_long && trim((*line)->text).empty();
      if (!is_blank) return line;
    }
  }

  std::mutex mutex_;
  LineReader reader_;
  std::optional<InputLine> first_;
  std::size_t last_ = 0;
  bool is_at_end_ = false;
};

Error no_documents(const std::string& folder, std::string because) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("`--facts-dir {}`: there are no facts to plan for", folder),
          .because = {std::move(because)},
          .hints = {"`nvprov detect --json > HOST.json` on each machine makes them"},
          .context = {}};
}

// A document that goes on in the next line is what `nvprov detect --json` prints.
bool begins_a_document_of_lines(std::string_view line) { return trim(line) == "{" || trim(line) == "["; }

Result<std::unique_ptr<FactsDocuments>> open_lines() {
  LineReader reader(STDIN_FILENO, largest_facts_document);
  for (;;) {
    auto line = reader.next();
    if (!line) return fail(line.error());
    if (!*line) return fail(no_documents("-", "standard input is empty"));
    if (!(*line)->is_too_long && trim((*line)->text).empty()) continue;
    if (begins_a_document_of_lines((*line)->text))
      return fail(ErrorKind::usage, "`--facts-dir -` reads one whole document from each line",
                  {fmt::format("line {} holds only the beginning of one", (*line)->number)},
                  {"write each document in one line: `jq -c . *.json | nvprov plan --facts-dir -`"});
    return std::make_unique<LineDocuments>(std::move(reader), std::move(**line));
  }
}

bool is_document(const std::string& name) {
  return name.size() > document_suffix.size() && name.ends_with(document_suffix) && !name.starts_with('.');
}

std::string without_end_slash(const std::string& folder) {
  const std::string_view shorter = without_slash(folder);
  return shorter.empty() ? folder : std::string(shorter);
}

Result<std::unique_ptr<FactsDocuments>> open_folder(const HostView& machine, const std::string& typed) {
  const auto refuse = [&](std::string because) {
    return fail(ErrorKind::usage, fmt::format("`--facts-dir {}` is no folder with facts", typed.empty() ? "''" : typed),
                {std::move(because)},
                {"name a folder with one file HOST.json of `nvprov detect --json` for each host"});
  };
  if (typed.empty()) return refuse("its value is empty");
  const std::string folder = absolute_path(machine, typed);
  const auto info = machine.file_info(folder);
  if (!info) return fail(info.error());
  if (!*info) return refuse("there is no such folder");
  if ((*info)->kind != FileInfo::Kind::directory) return refuse("it is a file; `--facts FILE` takes one");
  auto names = machine.list_directory(folder);
  if (!names) return fail(names.error());
  if (!*names) return refuse("there is no such folder");
  std::erase_if(**names, [](const std::string& name) { return !is_document(name); });
  if ((*names)->empty()) return fail(no_documents(typed, "no file in it is named *.json"));
  return std::make_unique<FolderDocuments>(machine, folder, without_end_slash(typed), std::move(**names));
}

}  // namespace

Result<std::unique_ptr<FactsDocuments>> open_facts_documents(const HostView& machine, const std::string& folder) {
  return folder == "-" ? open_lines() : open_folder(machine, folder);
}

}  // namespace nvprov
