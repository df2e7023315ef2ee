#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host/downloader.hpp"
#include "host/host.hpp"
#include "host/http_client.hpp"
#include "model/bundle.hpp"

namespace nvprov {

// The addresses an unpacked bundle holds, in place of the network.
class BundleWeb {
 public:
  // `folder`: where it is unpacked on the machine nvprov runs on.
  BundleWeb(const Bundle& bundle, std::string folder);

  // The file of this machine that stands for the address; nullopt where the bundle has none.
  std::optional<std::string> file_of(std::string_view url) const;
  bool holds(std::string_view url) const { return file_of(url).has_value(); }
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  std::map<std::string, std::string, std::less<>> paths_;  // by address
};

// Gives what the bundle holds; any other address is "not there".
std::unique_ptr<Downloader> make_bundle_downloader(BundleWeb web);
std::unique_ptr<HttpClient> make_bundle_http_client(const HostView& machine, BundleWeb web);

}  // namespace nvprov
