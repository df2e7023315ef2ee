#pragma once

#include <string>
#include <vector>

namespace nvprov {

// The way into a folder that holds a host's disk. Nobody runs that host, so its /proc is empty, and its /dev may be:
// programs inside need the first (bash for `<(...)`, and so DKMS) and write to /dev/null. Both are mounted where only
// the program that goes in sees them.
struct RootEntry {
  std::string root;                 // "/" needs no entry
  std::string proc;                 // where /proc goes; "" where the disk has no folder for it
  std::vector<std::string> hidden;  // what in it tells of this machine's devices and drivers
  std::string devices;              // where devices are made; "" where the disk has some
  std::vector<std::string> nodes;   // paths of those devices, and last of the link to open files
};

RootEntry prepare_root_entry(const std::string& root);

// Enters for good. Called between fork and exec: makes only calls that are safe in a signal handler. What cannot be
// mounted (not every container may) is left out; false with errno if the folder cannot be entered at all.
bool enter_root(const RootEntry& entry);

}  // namespace nvprov
