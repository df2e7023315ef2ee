#include "packages/apt.hpp"
#include "support/catch.hpp"
#include "unit/packages/recorded.hpp"

namespace nvprov {
namespace {

struct Case {
  std::string file;
  UpdateProblem expected;
};

const std::string release = "http://mirror.example.org/dists/bookworm/InRelease";

// Outputs in which both versions of apt use the same words.
const std::vector<Case> same_words = {
    {"update-unsigned.txt",
     {UpdateFailure::not_trusted, "The repository 'http://mirror.example.org bookworm Release' is not signed."}},
    {"update-unsigned-was-signed.txt",
     {UpdateFailure::not_trusted, "The repository 'http://mirror.example.org bookworm Release' is no longer signed."}},
    {"update-expired.txt",
     {UpdateFailure::expired, "Release file for " + release +
                                  " is expired (invalid since 2s). Updates for this repository will not be applied."}},
    {"update-not-yet-valid.txt",
     {UpdateFailure::expired, "Release file for " + release +
                                  " is not valid yet (invalid for another 4017d 23h 58min 50s). Updates for this "
                                  "repository will not be applied."}},
    {"update-hash-mismatch.txt",
     {UpdateFailure::mismatch,
      "Failed to fetch http://mirror.example.org/dists/bookworm/main/binary-amd64/Packages Hash Sum mismatch"}},
    {"update-size-mismatch.txt",
     {UpdateFailure::mismatch,
      "Failed to fetch http://mirror.example.org/dists/bookworm/main/binary-amd64/Packages File has unexpected size "
      "(3986 != 3985). Mirror sync in progress? [IP: 192.0.2.1 80]"}},
    {"update-index-missing.txt",
     {UpdateFailure::unreachable,
      "Failed to fetch http://mirror.example.org/dists/bookworm/main/binary-amd64/Packages 404 File not found [IP: "
      "192.0.2.1 80]"}},
    {"update-no-release.txt",
     {UpdateFailure::unreachable,
      "The repository 'http://mirror.example.org trixie Release' does not have a Release file."}},
    {"update-no-such-host.txt",
     {UpdateFailure::unreachable,
      "Failed to fetch http://mirror.example.org/debian/dists/bookworm/InRelease Could not "
      "resolve 'mirror.example.org'"}},
    {"update-malformed.txt",
     {UpdateFailure::other, "Type 'dep' is not known on line 1 in source list /etc/apt/sources.list"}},
    {"update-origin-changed.txt",
     {UpdateFailure::other,
      "Repository 'http://mirror.example.org bookworm InRelease' changed its 'Origin' value from "
      "'Example' to 'Other'"}},
};

}  // namespace

TEST_CASE("what made an update fail is told apart, in apt's own words") {
  for (const std::string distro : {"debian-12/", "debian-13/"})
    for (const Case& each : same_words) {
      CAPTURE(distro, each.file);
      CHECK(classify_update_failure(recorded(distro + each.file)) == each.expected);
    }
}

TEST_CASE("a signature that does not hold is not trusted, with and without an older index, by gpgv and by sqv") {
  for (const std::string distro : {"debian-12/", "debian-13/"})
    for (const std::string file : {"update-bad-signature.txt", "update-bad-signature-older-index.txt",
                                   "update-unknown-key.txt", "update-key-missing.txt"}) {
      CAPTURE(distro, file);
      CHECK(classify_update_failure(recorded(distro + file)).failure == UpdateFailure::not_trusted);
    }
  CHECK(classify_update_failure(recorded("debian-12/update-bad-signature.txt")).detail ==
        "GPG error: http://mirror.example.org bookworm InRelease: The following signatures were invalid: BADSIG "
        "7F7B534D7252260D Test archive <test@example.org>");
  CHECK(classify_update_failure(recorded("debian-13/update-bad-signature.txt")).detail ==
        "OpenPGP signature verification failed: http://mirror.example.org bookworm InRelease: Sub-process "
        "/usr/bin/sqv returned an error code (1), error message is: Verifying signature: Message has been "
        "manipulated");
}

TEST_CASE("a full disk, a held lock and a closed port are told apart") {
  for (const std::string distro : {"debian-12/", "debian-13/"}) {
    CAPTURE(distro);
    CHECK(classify_update_failure(recorded(distro + "update-no-space.txt")).failure == UpdateFailure::no_space);
    CHECK(classify_update_failure(recorded(distro + "update-locked.txt")).failure == UpdateFailure::locked);
    CHECK(classify_update_failure(recorded(distro + "update-refused.txt")).failure == UpdateFailure::unreachable);
    CHECK(classify_update_failure(recorded(distro + "update-one-of-two-refused.txt")).failure ==
          UpdateFailure::unreachable);
  }
}

TEST_CASE("two entries of one repository with and without a key are shown in apt's words") {
  CHECK(classify_update_failure(recorded("debian-12/update-signed-by-conflict.txt")) ==
        UpdateProblem{UpdateFailure::other,
                      "Conflicting values set for option Signed-By regarding source http://mirror.example.org/ "
                      "bookworm: /etc/apt/keyrings/test.asc !="});
}

}  // namespace nvprov
