#pragma once

#include <sys/types.h>

#include <string>

#include "base/result.hpp"
#include "host/host.hpp"
#include "host/posix_file.hpp"

namespace nvprov {

// Descriptors of ours have numbers from here on: a child puts those its program gets below.
inline constexpr int first_spare_descriptor = 10;

// A started program and our ends of its pipes.
struct Child {
  pid_t process = -1;
  FileDescriptor out;
  FileDescriptor err;
  FileDescriptor status;  // open only where asked for
};

// Forks and executes; the error names the program when it is not there or the root cannot be entered.
Result<Child> start_child(const Command& command, const std::string& root, bool with_status);

}  // namespace nvprov
