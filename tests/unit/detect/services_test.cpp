#include "detect/services.hpp"

#include "support/catch.hpp"
#include "support/memory_host.hpp"

using namespace nvprov;

namespace {

const std::string unit = "nvidia-persistenced.service";

std::string start_with(MemoryHost host) {
  Diagnostics diagnostics;
  const auto found = detect_services(host, {unit, "absent.service"}, diagnostics);
  CHECK(diagnostics.empty());
  if (found.empty()) return "";
  CHECK(found.size() == 1);
  CHECK(found.front().unit == unit);
  return found.front().start;
}

MemoryHost host_with(const std::string& folder, const std::string& text) {
  MemoryHost host;
  host.files[folder + "/" + unit].content = text;
  host.files["/usr/bin/systemctl"] = {};
  return host;
}

constexpr const char* wanted = "[Install]\nWantedBy=multi-user.target\n";

}  // namespace

TEST_CASE("whether a service starts with the machine is read from its files") {
  CHECK(start_with(MemoryHost{}).empty());
  MemoryHost host = host_with("/lib/systemd/system", wanted);
  CHECK(start_with(host) == "disabled");
  host.files["/etc/systemd/system/multi-user.target.wants/" + unit] = {};
  CHECK(start_with(host) == "enabled");
  CHECK(start_with(host_with("/usr/lib/systemd/system", "[Service]\n")) == "static");
}

TEST_CASE("without systemctl nothing enables a service") {
  MemoryHost host = host_with("/lib/systemd/system", wanted);
  host.files.erase("/usr/bin/systemctl");
  CHECK(start_with(host) == "unmanaged");
}
