#include "detect/look.hpp"

#include <fmt/format.h>

#include <utility>

namespace nvprov {
namespace {

template <class T>
T value_or_noted(Result<std::optional<T>> answer, std::string_view fact, Diagnostics& diagnostics) {
  if (!answer) {
    could_not(diagnostics, fact, answer.error().message);
    return {};
  }
  return std::move(*answer).value_or(T{});
}

}  // namespace

void could_not(Diagnostics& diagnostics, std::string_view fact, std::string message, std::string hint) {
  Diagnostic diagnostic{.file = {}, .place = std::string(fact), .message = std::move(message), .hint = std::move(hint)};
  for (const Diagnostic& known : diagnostics)
    if (known == diagnostic) return;
  diagnostics.push_back(std::move(diagnostic));
}

void take_problems(Diagnostics& diagnostics, std::string_view fact, const Diagnostics& problems) {
  for (Diagnostic problem : problems) {
    problem.place = fmt::format("{}.{}", fact, problem.place);
    diagnostics.push_back(std::move(problem));
  }
}

std::optional<std::string> read_text(const HostView& host, const std::string& path, std::string_view fact,
                                     Diagnostics& diagnostics) {
  auto text = host.read_file(path);
  if (text) return std::move(*text);
  could_not(diagnostics, fact, text.error().message);
  return std::nullopt;
}

std::vector<std::string> list_names(const HostView& host, const std::string& path, std::string_view fact,
                                    Diagnostics& diagnostics) {
  return value_or_noted(host.list_directory(path), fact, diagnostics);
}

std::optional<FileInfo> look_at(const HostView& host, const std::string& path, std::string_view fact,
                                Diagnostics& diagnostics) {
  auto info = host.file_info(path);
  if (info) return *info;
  could_not(diagnostics, fact, info.error().message);
  return std::nullopt;
}

bool is_there(const HostView& host, const std::string& path, std::string_view fact, Diagnostics& diagnostics) {
  return look_at(host, path, fact, diagnostics).has_value();
}

std::optional<std::string> first_there(const HostView& host, const std::vector<std::string>& paths,
                                       std::string_view fact, Diagnostics& diagnostics) {
  for (const std::string& path : paths)
    if (is_there(host, path, fact, diagnostics)) return path;
  return std::nullopt;
}

}  // namespace nvprov
