#include "metadata/signature.hpp"

#include "base/text.hpp"
#include "host/posix_host.hpp"
#include "metadata/clear_signed.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {
namespace {

const std::string primary(40, 'A');
const std::string subkey(40, 'B');

std::vector<std::string> good(const std::string& hash = "10") {
  return {"[GNUPG:] NEWSIG", "[GNUPG:] GOODSIG AAAAAAAAAAAAAAAA Somebody",
          "[GNUPG:] VALIDSIG " + subkey + " 2026-01-01 1767225600 0 4 0 1 " + hash + " 01 " + primary};
}

std::string refusal(const std::vector<std::string>& status, const TrustedKeys& keys = {}) {
  const Status judged = judge_gpgv(status, {"f", "s", "NAME"}, keys);
  if (judged) return "";
  CHECK(judged.error().kind == ErrorKind::not_trusted);
  return judged.error().message;
}

std::string problem_of(const std::string& text) {
  const auto parts = split_clear_signed(text);
  return parts ? std::string() : parts.error().because.at(0);
}

const std::string begin = "-----BEGIN PGP SIGNED MESSAGE-----\n";
const std::string signature = "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n";

}  // namespace

TEST_CASE("a good signature by a key that counts is enough, beside ones by keys nobody has") {
  CHECK(refusal(good()).empty());
  auto two = good();
  two.insert(two.begin(), {"[GNUPG:] NEWSIG", "[GNUPG:] ERRSIG 1234 1 8 01 1 9 -", "[GNUPG:] NO_PUBKEY 1234"});
  CHECK(refusal(two).empty());
}

TEST_CASE("what is wrong with a signature is told apart") {
  CHECK(refusal({}) == "NAME is not signed");
  CHECK(contains(refusal({"[GNUPG:] NEWSIG", "[GNUPG:] BADSIG 12 x"}), "was changed after it was signed"));
  auto bad_beside_good = good();
  bad_beside_good.push_back("[GNUPG:] NEWSIG");
  bad_beside_good.push_back("[GNUPG:] BADSIG 12 x");
  CHECK(contains(refusal(bad_beside_good), "was changed after it was signed"));
  CHECK(contains(refusal({"[GNUPG:] NEWSIG", "[GNUPG:] ERRSIG 12 1", "[GNUPG:] NO_PUBKEY 12"}), "no key that counts"));
  CHECK(contains(refusal({"[GNUPG:] NEWSIG", "[GNUPG:] EXPKEYSIG 12 x"}), "has expired"));
  CHECK(contains(refusal({"[GNUPG:] NEWSIG", "[GNUPG:] REVKEYSIG 12 x"}), "revoked"));
  CHECK(contains(refusal(good("2")), "can be forged"));
  CHECK(contains(refusal({"[GNUPG:] NEWSIG", "[GNUPG:] GOODSIG 12 x"}), "no key that counts"));
}

TEST_CASE("of named fingerprints the primary key's or the signing one's counts, exactly where it says so") {
  const auto named = [](const std::string& fingerprint) {
    return refusal(good(), {.keyrings = {}, .fingerprints = {fingerprint}, .place = {}}).empty();
  };
  CHECK(named(primary));
  CHECK(named(subkey));
  CHECK(named(subkey + "!"));
  CHECK(!named(primary + "!"));
  CHECK(!named(std::string(40, 'C')));
}

TEST_CASE("a clear-signed text is split into what is signed and its signature") {
  const auto parts = split_clear_signed(begin + "Hash: SHA512\n\nOrigin: x \n- -- dash\n" + signature);
  REQUIRE(parts);
  CHECK(*parts == ClearSigned{"Origin: x\n-- dash", signature});
}

TEST_CASE("nothing may stand around the parts of a clear-signed text") {
  CHECK(problem_of("Origin: evil\n" + begin + "\nx\n" + signature) ==
        "it does not begin with the mark of a signed text");
  CHECK(problem_of(begin + "\nx\n" + signature + "Origin: evil\n") == "there is text after its signature");
  CHECK(problem_of(begin + "Origin: evil\n\nx\n" + signature) == "`Origin: evil` stands before the signed text");
  CHECK(problem_of(begin + "\nx\n") == "it breaks off before its signature");
  CHECK(problem_of(begin + "\n-x\n" + signature) == "`-x` stands unescaped in the signed text");
  CHECK(problem_of(begin + "\nx\n-----BEGIN PGP SIGNATURE-----\nabc\n") == "it breaks off inside its signature");
}

TEST_CASE("where this machine's apt asks sqv, so do we, with apt's own policy") {
  MemoryHost machine;
  const auto real = make_posix_host("/");
  const std::string key =
      real->read_file(std::string(NVPROV_SOURCE_DIR) + "/tests/data/keys/libnvidia-container.asc")->value();
  REQUIRE(!find_verifier(machine));
  machine.files["/usr/bin/gpgv"] = {};
  machine.files["/usr/bin/sqv"] = {};
  CHECK(find_verifier(machine) == Verifier::gpgv);
  machine.files["/usr/lib/apt/methods/sqv"] = {};
  machine.files["/usr/share/apt/default-sequoia.config"] = {};
  CHECK(find_verifier(machine) == Verifier::sqv);
  CommandOutput output{0, primary + "\n", ""};
  Command asked;
  machine.answer = [&](const Command& command, const RunOptions&) {
    asked = command;
    return output;
  };
  TrustedKeys keys{.keyrings = {key}, .fingerprints = {}, .place = "KEYS"};
  const auto check = [&] {
    const Status checked = check_signature(machine, {"/f", "/s", "NAME"}, keys, "/folder");
    return checked ? std::string() : checked.error().message;
  };
  CHECK(check().empty());
  REQUIRE(asked.argv.size() == 5);
  CHECK(asked.argv[0] == "sqv");
  CHECK(machine.files.at(asked.argv[2]).content.size() > 1000);
  CHECK(asked.argv[3] == "/s");
  CHECK(asked.argv[4] == "/f");
  CHECK(asked.environment ==
        std::vector<EnvironmentVariable>{{"SEQUOIA_CRYPTO_POLICY", "/usr/share/apt/default-sequoia.config"}});
  keys.fingerprints = {subkey};
  CHECK(check() == "NAME is signed by no key that counts for it");
  // The words of sqv 1.1.
  output = {1, "", "Verifying signature:\n           Message has been manipulated\n"};
  CHECK(check() == "the signature of NAME does not hold: it was changed after it was signed");
  output = {1, "", "Missing key C95B321B61E88C1809C4F759DDCAE044F796ECB0, which is needed to verify signature.\n"};
  CHECK(check() == "NAME is signed by no key that counts for it");
}

}  // namespace nvprov
