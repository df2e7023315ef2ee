#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace nvprov {

// What went wrong, by the consequence it has for the caller; cli/exit_code.hpp turns it into an exit code.
enum class ErrorKind {
  failed,       // could not be done: I/O, a command that failed, a lock that stayed held
  usage,        // the caller asked for something that cannot be named, or gave an invalid file
  not_trusted,  // a signature, key or checksum did not hold
  changed,      // the host is not what a saved plan was made for
  refused,      // a blocker or a missing consent
};

// Something that could not be done: what, where in the work, why, and what to do next.
struct Error {
  ErrorKind kind = ErrorKind::failed;
  std::string message;               // one sentence without a final full stop
  std::vector<std::string> because;  // the reasons, the nearest first
  std::vector<std::string> hints;    // what to do next; a command stands alone in backticks
  std::vector<std::string> context;  // what was being done, the innermost first

  bool operator==(const Error&) const = default;

  // The same error with one more "while doing ..." around it.
  Error in(std::string doing) const& {
    Error wrapped = *this;
    wrapped.context.push_back(std::move(doing));
    return wrapped;
  }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
inline tl::unexpected<Error> fail(std::string message) {
  return fail(Error{.message = std::move(message), .because = {}, .hints = {}, .context = {}});
}
inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::vector<std::string> because = {},
                                  std::vector<std::string> hints = {}) {
  return fail(Error{.kind = kind,
                    .message = std::move(message),
                    .because = std::move(because),
                    .hints = std::move(hints),
                    .context = {}});
}

}  // namespace nvprov
