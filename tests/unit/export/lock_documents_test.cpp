#include "export/lock_documents.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"

using namespace nvprov;

namespace {

const PackageKind debs = {.type = "deb", .vendor = "debian"};

Lockfile small_lock() {
  Lockfile lock;
  lock.tool_version = "0.1.0";
  lock.catalog_date = "2026-11-22";
  lock.distro = "debian-12";
  lock.architecture = "x86_64";
  LockedPackage library;
  library.name = "libgpu1";
  library.version = "1:99.9.0~rc1-1+deb12u1";
  library.architecture = "amd64";
  library.origin = "Example stable";
  library.repository = "https://mirror.example.org/debian/";
  library.path = "pool/libgpu1.deb";
  library.digest = "sha256:00ff";
  LockedPackage tool;
  tool.name = "tool";
  tool.version = "2";
  tool.architecture = "all";
  lock.packages = {library, tool};
  return lock;
}

}  // namespace

TEST_CASE("a lock as SPDX 2.3 is as agreed") {
  test::check_golden("export/lock.spdx.json", format_json(lock_to_spdx(small_lock(), debs)));
}

TEST_CASE("a lock as CycloneDX 1.5 is as agreed") {
  test::check_golden("export/lock.cyclonedx.json", format_json(lock_to_cyclonedx(small_lock(), debs)));
}

TEST_CASE("package URLs keep an epoch where each kind of package has it") {
  Lockfile lock = small_lock();
  CHECK(package_url(lock.packages[0], lock, debs) ==
        "pkg:deb/debian/libgpu1@1%3A99.9.0~rc1-1%2Bdeb12u1?arch=amd64&distro=debian-12");
  lock.distro = "rocky-9";
  lock.packages[0].version = "3:580.126.09-1.el9";
  CHECK(package_url(lock.packages[0], lock, {.type = "rpm", .vendor = "rocky"}) ==
        "pkg:rpm/rocky/libgpu1@580.126.09-1.el9?arch=amd64&distro=rocky-9&epoch=3");
  CHECK(package_url(lock.packages[1], lock, {}) == "pkg:generic/tool@2?arch=all&distro=rocky-9");
}

TEST_CASE("the kind of packages is that of the distribution's package manager") {
  Distro distro;
  distro.os_id = "almalinux";
  distro.package_manager = "dnf";
  CHECK(kind_of_packages(&distro) == PackageKind{.type = "rpm", .vendor = "almalinux"});
  distro.package_manager = "apt";
  CHECK(kind_of_packages(&distro) == PackageKind{.type = "deb", .vendor = "almalinux"});
  distro.package_manager.clear();
  CHECK(kind_of_packages(&distro) == PackageKind{});
  CHECK(kind_of_packages(nullptr) == PackageKind{});
}

TEST_CASE("the same lock gives the same documents, another one another identity") {
  Lockfile other = small_lock();
  other.packages[1].version = "3";
  CHECK(format_json(lock_to_spdx(small_lock(), debs)) == format_json(lock_to_spdx(small_lock(), debs)));
  CHECK(!(lock_to_cyclonedx(small_lock(), debs).find("serialNumber")->value() ==
          lock_to_cyclonedx(other, debs).find("serialNumber")->value()));
}
