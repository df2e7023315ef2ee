#include "host/rooted_path.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <deque>
#include <vector>

namespace nvprov {
namespace {

constexpr int most_links = 40;  // Linux's own limit

// The components of a path, in front of those that are still to be walked.
void put_in_front(std::string_view path, std::deque<std::string>& pending) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (slash != 0) parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  pending.insert(pending.begin(), parts.begin(), parts.end());
}

std::string without_end_slashes(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

// The text of a link; empty for anything else (a link's text is never empty).
std::string real_link_text(const std::string& path) {
  std::array<char, 4096> text{};
  const ssize_t count = ::readlink(path.c_str(), text.data(), text.size());
  return count > 0 ? std::string(text.data(), static_cast<std::size_t>(count)) : std::string{};
}

// Where we are below the root, as a list of names: ".." takes one away and stops at the root.
std::string below(const std::string& base, const std::vector<std::string>& walked) {
  std::string path = base;
  for (const std::string& name : walked) path += "/" + name;
  return path;
}

}  // namespace

Result<std::string> walked_path(const std::string& base, std::string_view path, bool follow_last,
                                const std::function<std::string(const std::string& path)>& link_text) {
  std::vector<std::string> walked;
  std::deque<std::string> pending;
  put_in_front(path, pending);
  int links = 0;
  while (!pending.empty()) {
    const std::string name = std::move(pending.front());
    pending.pop_front();
    if (name == ".") continue;
    if (name == "..") {
      if (!walked.empty()) walked.pop_back();
      continue;
    }
    walked.push_back(name);
    if (pending.empty() && !follow_last) break;
    const std::string link = link_text(below(base, walked));
    if (link.empty()) continue;
    if (++links > most_links) return fail(fmt::format("{} leads through more than {} links", path, most_links));
    walked.pop_back();
    if (link.starts_with('/')) walked.clear();
    put_in_front(link, pending);
  }
  const std::string real = below(base, walked);
  return real.empty() ? "/" : real;
}

Result<std::string> rooted_path(std::string_view root, std::string_view path, bool follow_last) {
  return walked_path(without_end_slashes(root), path, follow_last, real_link_text);
}

}  // namespace nvprov
