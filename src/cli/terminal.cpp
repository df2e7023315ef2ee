#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace nvprov {
namespace {

constexpr int narrowest = 60;
constexpr int widest = 120;

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<int>(size.ws_col, narrowest, widest);
}

bool write_all(std::FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size();
}

}  // namespace

Terminal::Terminal()
    : stdin_is_terminal_(isatty(STDIN_FILENO) == 1),
      stderr_is_terminal_(isatty(STDERR_FILENO) == 1),
      width_(terminal_width()) {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool refused = no_colour != nullptr && *no_colour != '\0';
  colour_ = isatty(STDOUT_FILENO) == 1 && !refused;
}

void Terminal::answer(std::string_view text) {
  settle();
  good_ = write_all(stdout, text) && good_;
}

void Terminal::note(std::string_view text) {
  settle();
  if (quiet_) return;
  write_all(stderr, text);
}

void Terminal::error(std::string_view text) {
  settle();
  std::fflush(stdout);
  write_all(stderr, text);
}

void Terminal::transient(std::string_view line) {
  if (!shows_progress()) return;
  write_all(stderr, "\r\033[K");
  write_all(stderr, line);
  std::fflush(stderr);
  has_transient_ = true;
}

void Terminal::settle() {
  if (!has_transient_) return;
  write_all(stderr, "\r\033[K");
  has_transient_ = false;
}

bool Terminal::confirm(std::string_view question) {
  std::fflush(stdout);
  write_all(stderr, question);
  std::fflush(stderr);
  std::string typed;
  if (!std::getline(std::cin, typed)) return false;
  std::ranges::transform(typed, typed.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return typed == "y" || typed == "yes";
}

bool Terminal::flush() {
  good_ = std::fflush(stdout) == 0 && good_;
  return good_;
}

}  // namespace nvprov
