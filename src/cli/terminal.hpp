#pragma once

#include <string>
#include <string_view>

namespace nvprov {

// The only writer to stdout and stderr. Answers go to stdout, everything else to stderr.
class Terminal {
 public:
  // Looks at the real streams once: whether they are terminals, their width, NO_COLOR.
  Terminal();

  void answer(std::string_view text);
  void note(std::string_view text);
  // On stderr even where --quiet was given.
  void error(std::string_view text);
  // A line that the next call replaces; does nothing where stderr is no terminal.
  void transient(std::string_view line);
  // Ends a transient line.
  void settle();
  // Asks on the terminal; false unless the answer is y or yes. Only where is_interactive().
  bool confirm(std::string_view question);

  bool is_interactive() const { return stdin_is_terminal_ && stderr_is_terminal_; }
  bool shows_progress() const { return stderr_is_terminal_ && !quiet_; }
  bool has_colour() const { return colour_; }
  int width() const { return width_; }
  void set_quiet(bool quiet) { quiet_ = quiet; }
  // False once stdout could not be written to (a full disk, a closed pipe).
  bool is_good() const { return good_; }
  // Pushes out what is buffered and says whether all of it was written.
  bool flush();

 private:
  bool stdin_is_terminal_ = false;
  bool stderr_is_terminal_ = false;
  bool colour_ = false;
  bool quiet_ = false;
  bool good_ = true;
  bool has_transient_ = false;
  int width_ = 100;
};

}  // namespace nvprov
