#include "metadata/signature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/digest.hpp"
#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"

namespace nvprov {
namespace {

Error not_trusted(const SignedFile& what, std::string message, std::string why, std::string hint) {
  return Error{.kind = ErrorKind::not_trusted,
               .message = fmt::format(fmt::runtime(message), what.name),
               .because = {std::move(why)},
               .hints = {std::move(hint)},
               .context = {}};
}

constexpr const char* ask_owner = "look at the entry and its key before anything else; nothing of it is used";

// --- keyrings ---

// Written as files under the digest of what is in them; gpgv takes only binary ones.
Result<std::vector<std::string>> write_keyrings(Host& machine, const TrustedKeys& keys, const std::string& folder) {
  std::vector<std::string> paths;
  for (const std::string& file : keys.keyrings) {
    const auto bytes = binary_keyring(file);
    if (!bytes)
      return fail(ErrorKind::not_trusted, fmt::format("{} is no file of public keys", keys.place),
                  {bytes.error().message});
    const std::string path = fmt::format("{}/{}.gpg", folder, sha256_hex(*bytes).substr(0, 32));
    if (const Status written = write_if_changed(machine, path, *bytes, 0644); !written) return fail(written.error());
    paths.push_back(path);
  }
  return paths;
}

// --- whether a key counts ---

// `signer` is the key itself, `primary` the one it belongs to.
bool counts(const TrustedKeys& keys, std::string_view signer, std::string_view primary) {
  if (keys.fingerprints.empty()) return true;
  return std::ranges::any_of(keys.fingerprints, [&](std::string_view wanted) {
    const bool exactly = wanted.ends_with('!');
    if (exactly) wanted.remove_suffix(1);
    return lower(wanted) == lower(signer) || (!exactly && lower(wanted) == lower(primary));
  });
}

// --- gpgv ---

constexpr std::string_view status_mark = "[GNUPG:] ";

// One signature, as the lines between two NEWSIG tell it.
struct Signature {
  std::string outcome;  // GOODSIG, BADSIG, EXPSIG, EXPKEYSIG, REVKEYSIG, ERRSIG, NO_PUBKEY
  std::string key;      // its id
  std::string signer;
  std::string primary;
  std::string hash;
};

constexpr std::array<std::string_view, 6> outcomes = {"GOODSIG",   "BADSIG",    "EXPSIG",
                                                      "EXPKEYSIG", "REVKEYSIG", "ERRSIG"};

std::vector<Signature> signatures_in(const std::vector<std::string>& status) {
  std::vector<Signature> all;
  for (const std::string& line : status) {
    if (!line.starts_with(status_mark)) continue;
    const std::vector<std::string> words = split_words(std::string_view(line).substr(status_mark.size()));
    if (words.empty()) continue;
    const bool is_outcome = std::ranges::find(outcomes, words[0]) != outcomes.end();
    if (words[0] == "NEWSIG" || (all.empty() && is_outcome)) all.emplace_back();
    if (all.empty()) continue;
    Signature& last = all.back();
    if (is_outcome && words.size() > 1) {
      last.outcome = words[0];
      last.key = words[1];
    }
    if (words[0] == "NO_PUBKEY") last.outcome = words[0];
    if (words[0] != "VALIDSIG" || words.size() < 11) continue;
    last.signer = words[1];
    last.hash = words[8];
    last.primary = words[10];
  }
  return all;
}

// MD5, SHA-1 and RIPEMD-160, which apt takes no more either.
bool is_weak(std::string_view hash) { return hash == "1" || hash == "2" || hash == "3"; }

std::optional<Error> complaint_of(const Signature& signature, const SignedFile& what, const TrustedKeys& keys) {
  if (signature.outcome == "BADSIG")
    return not_trusted(what, "the signature of {} does not hold: it was changed after it was signed",
                       fmt::format("the signature is said to be by the key {}", signature.key), ask_owner);
  if (signature.outcome == "EXPKEYSIG" || signature.outcome == "EXPSIG")
    return not_trusted(what, "the signature of {} is no longer valid: the key or the signature has expired",
                       fmt::format("it is by the key {}", signature.key),
                       "get the repository's present key from its owner");
  if (signature.outcome == "REVKEYSIG")
    return not_trusted(what, "{} is signed by a key its owner has revoked",
                       fmt::format("it is by the key {}", signature.key), ask_owner);
  if (signature.outcome != "GOODSIG" || signature.signer.empty())
    return not_trusted(what, "{} is signed by no key that counts for it",
                       fmt::format("it is by the key {}, which is not in {}", signature.key, keys.place), ask_owner);
  if (!counts(keys, signature.signer, signature.primary))
    return not_trusted(what, "{} is signed by no key that counts for it",
                       fmt::format("it is by {}; the entry names {}", signature.primary, join(keys.fingerprints, ", ")),
                       ask_owner);
  if (is_weak(signature.hash))
    return not_trusted(what, "the signature of {} is made with a hash that can be forged (MD5, SHA-1 or RIPEMD-160)",
                       fmt::format("it is by the key {}", signature.key),
                       "the repository's owner has to sign with a present-day hash");
  return std::nullopt;
}

Status run_gpgv(Host& machine, const SignedFile& what, const TrustedKeys& keys,
                const std::vector<std::string>& keyrings, const std::string& folder) {
  std::vector<std::string> argv = {"gpgv", "--homedir", folder, "--status-fd", "3"};
  for (const std::string& path : keyrings) {
    argv.push_back("--keyring");
    argv.push_back(path);
  }
  argv.push_back(what.signature);
  argv.push_back(what.file);
  std::vector<std::string> status;
  RunOptions options;
  options.on_status = [&](std::string_view line) { status.emplace_back(line); };
  const auto output = machine.run({argv, {}}, options);
  if (!output) return fail(output.error());
  return judge_gpgv(status, what, keys);
}

// --- sqv ---

// As apt chooses it: the system's own policy, else the one apt brings.
std::vector<EnvironmentVariable> sqv_policy(const HostView& machine) {
  for (const char* path :
       {"/etc/crypto-policies/back-ends/apt-sequoia.config",
        "/var/lib/crypto-config/profiles/current/apt-sequoia.config", "/etc/crypto-policies/back-ends/sequoia.config",
        "/var/lib/crypto-config/profiles/current/sequoia.config", "/usr/share/apt/default-sequoia.config"}) {
    const auto info = machine.file_info(path);
    if (info && *info) return {{"SEQUOIA_CRYPTO_POLICY", path}};
  }
  return {};
}

Status run_sqv(Host& machine, const SignedFile& what, const TrustedKeys& keys,
               const std::vector<std::string>& keyrings) {
  std::vector<std::string> argv = {"sqv"};
  for (const std::string& path : keyrings) {
    argv.push_back("--keyring");
    argv.push_back(path);
  }
  argv.push_back(what.signature);
  argv.push_back(what.file);
  const auto output = machine.run({argv, sqv_policy(machine)}, {});
  if (!output) return fail(output.error());
  const std::string told = output->err.empty() ? std::string("sqv gives no reason") : std::string(trim(output->err));
  if (output->exit_status == 0) {
    for (const std::string_view signer : split_lines(output->out))
      if (counts(keys, trim(signer), trim(signer))) return {};
    return fail(not_trusted(what, "{} is signed by no key that counts for it",
                            fmt::format("it is by {}", join(split_words(output->out), ", ")), ask_owner));
  }
  if (contains(told, "Missing key") || contains(told, "missing key") || contains(told, "No key"))
    return fail(not_trusted(what, "{} is signed by no key that counts for it", told, ask_owner));
  if (contains(told, "expired") || contains(told, "not live"))
    return fail(not_trusted(what, "the signature of {} is no longer valid: the key or the signature has expired", told,
                            "get the repository's present key from its owner"));
  if (contains(told, "manipulated"))
    return fail(
        not_trusted(what, "the signature of {} does not hold: it was changed after it was signed", told, ask_owner));
  return fail(not_trusted(what, "the signature of {} is refused by this machine's policy", told, ask_owner));
}

bool is_there(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(path);
  return info && info->has_value();
}

}  // namespace

Result<Verifier> find_verifier(const HostView& machine) {
  const bool sqv = is_there(machine, "/usr/bin/sqv");
  const bool gpgv = is_there(machine, "/usr/bin/gpgv");
  const bool apt_uses_sqv = is_there(machine, "/usr/lib/apt/methods/sqv");
  if (sqv && (apt_uses_sqv || !gpgv)) return Verifier::sqv;
  if (gpgv) return Verifier::gpgv;
  return fail(ErrorKind::failed, "signatures cannot be checked: neither gpgv nor sqv is on this machine", {},
              {"install `gpgv` (of gnupg2 on rpm-based systems) or `sqv`"});
}

Status judge_gpgv(const std::vector<std::string>& status, const SignedFile& what, const TrustedKeys& keys) {
  const std::vector<Signature> signatures = signatures_in(status);
  if (signatures.empty())
    return fail(not_trusted(what, "{} is not signed", "there is no OpenPGP signature where one should be", ask_owner));
  // One that was changed is refused whoever else signed it.
  for (const Signature& signature : signatures)
    if (signature.outcome == "BADSIG") return fail(*complaint_of(signature, what, keys));
  std::optional<Error> first;
  for (const Signature& signature : signatures) {
    auto complaint = complaint_of(signature, what, keys);
    if (!complaint) return {};
    // A key nobody knows says less than what is wrong with a known one.
    if (!first || (signature.outcome != "NO_PUBKEY" && signature.outcome != "ERRSIG")) first = std::move(complaint);
  }
  return fail(*first);
}

Status check_signature(Host& machine, const SignedFile& what, const TrustedKeys& keys, const std::string& folder) {
  if (keys.keyrings.empty())
    return fail(not_trusted(what, "{} is signed by no key that counts for it",
                            fmt::format("there is no key in {}", keys.place), ask_owner));
  const auto verifier = find_verifier(machine);
  if (!verifier) return fail(verifier.error());
  const auto keyrings = write_keyrings(machine, keys, folder);
  if (!keyrings) return fail(keyrings.error());
  return *verifier == Verifier::sqv ? run_sqv(machine, what, keys, *keyrings)
                                    : run_gpgv(machine, what, keys, *keyrings, folder);
}

}  // namespace nvprov
