#include "apply/network_file.hpp"

#include <fmt/format.h>

#include <utility>

#include "packages/apt_network.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t for_root_only = 0600;
constexpr std::uint32_t for_everybody = 0644;  // apt's unprivileged user reads certificates

}  // namespace

NetworkFile::NetworkFile(NetworkFile&& other) noexcept
    : target_(other.target_), path_(std::move(other.path_)), files_(std::exchange(other.files_, {})) {}

NetworkFile::~NetworkFile() {
  for (const std::string& file : files_) (void)target_->remove_file(file);
}

Result<NetworkFile> NetworkFile::write(Host& target, const HostView& machine, const NetworkSettings& network,
                                       const std::string& tag, const std::vector<std::string>& more) {
  NetworkFile made(target);
  std::vector<HostCertificates> certificates = host_certificates(network);
  if (!network.proxy && certificates.empty() && more.empty()) return made;
  const auto put = [&](std::string path, std::string_view content, std::uint32_t mode) {
    made.files_.push_back(path);
    return target.write_file(path, content, mode);
  };
  for (HostCertificates& each : certificates) {
    const auto content = machine.read_file(each.ca_file);
    if (!content) return fail(content.error().in("reading the certificates of a mirror"));
    if (!*content)
      return fail(ErrorKind::usage, fmt::format("the file of certificates `{}` is not there", each.ca_file));
    each.ca_file = fmt::format("/run/nvprov/certificates-{}-{}.pem", tag, made.files_.size());
    if (const Status done = put(each.ca_file, **content, for_everybody); !done) return fail(done.error());
  }
  std::string text = "// Written by nvprov for one run.\n";
  for (const std::string& line : apt_network_lines(network, certificates)) text += line + "\n";
  for (const std::string& line : more) text += line + "\n";
  made.path_ = fmt::format("/run/nvprov/network-{}.conf", tag);
  if (const Status done = put(made.path_, text, for_root_only); !done) return fail(done.error());
  return made;
}

}  // namespace nvprov
