#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// The keys whose signatures count.
struct TrustedKeys {
  std::vector<std::string> keyrings;      // the bytes of key files, armored or not
  std::vector<std::string> fingerprints;  // where there are any, only these of them; "!" at the end: no subkey
  std::string place;                      // for messages: "/usr/share/keyrings/debian-archive-keyring.gpg"

  bool operator==(const TrustedKeys&) const = default;
};

// What checks signatures: sqv where this machine's apt does (from 2.9.19 on), else gpgv.
enum class Verifier { gpgv, sqv };
// An error if neither is there.
Result<Verifier> find_verifier(const HostView& machine);

// Something signed and what signs it, as files of this machine.
struct SignedFile {
  std::string file;
  std::string signature;
  std::string name;  // for messages, its address
};

// Has the signature checked; `folder` is one of the caller's own, where keyrings are put. Errors of kind not_trusted
// tell apart, in words: changed after it was signed, signed by no key that counts, a key or signature that is no
// longer valid, a hash that can be forged, no signature at all.
Status check_signature(Host& machine, const SignedFile& what, const TrustedKeys& keys, const std::string& folder);

// What gpgv's lines on its status descriptor say; an error of kind not_trusted unless a key that counts signed.
Status judge_gpgv(const std::vector<std::string>& status, const SignedFile& what, const TrustedKeys& keys);

}  // namespace nvprov
