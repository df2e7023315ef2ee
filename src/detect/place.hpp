#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// One line of /proc/PID/mountinfo (proc(5)).
struct Mount {
  std::string device;  // "254:0"
  std::string root;    // which part of its file system is mounted: "/", "/srv/image"
  std::string point;   // where
  std::string type;    // "overlay"
  std::string source;
  std::string options;  // of the file system: "lowerdir=...,upperdir=..."

  bool operator==(const Mount&) const = default;
};

std::vector<Mount> parse_mountinfo(std::string_view text, Diagnostics& problems);

// What kind of place the view shows.
struct Place {
  PlaceKind kind = PlaceKind::host;
  std::vector<std::string> evidence;  // the marks found, sorted
  // Whether kernel, firmware and devices that can be seen are those of the place: not in a chroot or under --root.
  bool owns_machine = true;

  bool operator==(const Place&) const = default;
};

Place detect_place(const HostView& host, Diagnostics& diagnostics);

}  // namespace nvprov
