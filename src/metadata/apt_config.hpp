#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/downloader.hpp"
#include "host/target_files.hpp"
#include "model/network.hpp"

namespace nvprov {

// One setting of apt's configuration: its whole name in lower case, "acquire::http::proxy".
struct AptSetting {
  std::string name;
  std::string value;

  bool operator==(const AptSetting&) const = default;
};

// apt.conf(5) as a list in which of a name given twice the last counts. Nothing in it is run or opened: `#include` is
// passed over, what is cleared is gone.
class AptConfig {
 public:
  // Adds a file's settings; false for a text that breaks off in the middle (what was read before counts).
  bool add(std::string_view text);
  // The value of this name (letter case of ASCII ignored); nullopt where it is not set.
  std::optional<std::string> find(std::string_view name) const;
  // apt's idea of yes and no.
  bool find_bool(std::string_view name, bool otherwise) const;
  std::optional<std::int64_t> find_number(std::string_view name) const;
  const std::vector<AptSetting>& settings() const { return settings_; }

 private:
  std::vector<AptSetting> settings_;
};

// The target's own /etc/apt/apt.conf.d and /etc/apt/apt.conf, in the order apt reads them; /usr/lib's none.
AptConfig read_apt_config(const TargetFiles& target);

// A word as apt reads it: yes, true, with, on, enable, 1 and their opposites; nullopt for any other.
std::optional<bool> apt_bool(std::string_view text);

// How apt, set up this way, would fetch an address: proxy, certificates. What is said for one host counts before
// what is said for all; `network` (nvprov's own settings) before both. Files named are the target's.
DownloadAccess apt_access(const AptConfig& config, const TargetFiles& target, const NetworkSettings& network,
                          const std::string& url);

}  // namespace nvprov
