#include "detect/secure_boot.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

constexpr const char* variable = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr const char* mok_list = "/sys/firmware/efi/efivars/MokListRT-605dab50-e046-4300-abb6-3dd810dd8b23";

std::string secure_boot_bytes(char state) { return std::string("\x06\0\0\0", 4) + state; }

}  // namespace

TEST_CASE("the variable is four bytes of attributes and one of state") {
  CHECK(parse_secure_boot(secure_boot_bytes(1)) == true);
  CHECK(parse_secure_boot(secure_boot_bytes(0)) == false);
  CHECK(parse_secure_boot(secure_boot_bytes(7)) == std::nullopt);
  CHECK(parse_secure_boot("1") == std::nullopt);
}

TEST_CASE("a machine not started through EFI has no Secure Boot, and that is known") {
  TreeHost host;
  host.directory("/sys/firmware/acpi");
  Diagnostics diagnostics;
  CHECK(detect_secure_boot(*host.view(), diagnostics) == std::nullopt);
  CHECK(diagnostics.empty());
}

TEST_CASE("Secure Boot is on or off, and DKMS's key is enrolled, not enrolled or not made yet") {
  TreeHost host;
  host.file(variable, secure_boot_bytes(1));
  Diagnostics diagnostics;
  CHECK(detect_secure_boot(*host.view(), diagnostics) == SecureBootFacts{true, std::nullopt});
  host.file("/var/lib/dkms/mok.pub", std::string("\x30\x82\0key", 6));
  CHECK(detect_secure_boot(*host.view(), diagnostics) == SecureBootFacts{true, false});
  host.file(mok_list, std::string("\x06\0\0\0only other keys", 19));
  CHECK(detect_secure_boot(*host.view(), diagnostics) == SecureBootFacts{true, false});
  host.file(mok_list, std::string("\x06\0\0\0other\x30\x82\0key and more", 24));
  CHECK(detect_secure_boot(*host.view(), diagnostics) == SecureBootFacts{true, true});
  host.file(variable, secure_boot_bytes(0));
  CHECK(detect_secure_boot(*host.view(), diagnostics) == SecureBootFacts{false, true});
  CHECK(diagnostics.empty());
}

TEST_CASE("variables that are not mounted or not readable leave Secure Boot unknown, with the reason") {
  Diagnostics diagnostics;
  TreeHost host;
  host.directory("/sys/firmware/efi");
  CHECK(detect_secure_boot(*host.view(), diagnostics) == std::nullopt);
  CHECK(diagnostics ==
        Diagnostics{{"", "secure_boot", "the firmware's variables are not mounted at /sys/firmware/efi/efivars", ""}});
  diagnostics.clear();
  host.unreadable(variable);
  CHECK(detect_secure_boot(*host.view(), diagnostics) == std::nullopt);
  CHECK(diagnostics ==
        Diagnostics{{"", "secure_boot", std::string("could not read ") + variable + ": Permission denied", ""}});
  diagnostics.clear();
  TreeHost other;
  other.file(variable, secure_boot_bytes(1)).file("/var/lib/dkms/mok.pub", "key").unreadable("/var/lib/dkms/mok.pub");
  CHECK(detect_secure_boot(*other.view(), diagnostics) == SecureBootFacts{true, std::nullopt});
  CHECK(diagnostics == Diagnostics{{"", "secure_boot.dkms_key_enrolled",
                                    "could not read /var/lib/dkms/mok.pub: Permission denied", ""}});
}
