#include "base/text.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

InstallPackages step() {
  InstallPackages value;
  value.purpose = "driver";
  value.packages = {{"libcuda1", "535.309.01-0+deb12u1"}, {"dkms", std::nullopt}};
  return value;
}

}  // namespace

TEST_CASE("an install asks nothing, brings no recommended packages and removes nothing") {
  CHECK(join(install_argv(step(), 600), " ") ==
        "apt-get -y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o "
        "Dpkg::Options::=--force-confold -o APT::Status-Fd=3 --no-install-recommends -o APT::Install-Suggests=false "
        "--no-remove install libcuda1=535.309.01-0+deb12u1 dkms");
}

TEST_CASE("an install may do only what its step allows") {
  InstallPackages allowed = step();
  allowed.allow_removals = true;
  allowed.allow_downgrades = true;
  allowed.allow_held = true;
  CHECK(join(install_argv(allowed, 5), " ") ==
        "apt-get -y -q -o DPkg::Lock::Timeout=5 -o Dpkg::Options::=--force-confdef -o "
        "Dpkg::Options::=--force-confold -o APT::Status-Fd=3 --no-install-recommends -o APT::Install-Suggests=false "
        "--allow-downgrades --allow-change-held-packages install libcuda1=535.309.01-0+deb12u1 dkms");
}

TEST_CASE("a simulation chooses as the install does and stops at nothing") {
  CHECK(join(simulate_argv(step()), " ") ==
        "apt-get -s -q --no-install-recommends -o APT::Install-Suggests=false install "
        "libcuda1=535.309.01-0+deb12u1 dkms");
}

TEST_CASE("an update fails when any repository does") {
  CHECK(join(update_argv(), " ") == "apt-get -q update --error-on=any");
}

TEST_CASE("the lines an administrator would type are short") {
  CHECK(join(equivalent_install_argv(step()), " ") ==
        "apt-get install --no-install-recommends libcuda1=535.309.01-0+deb12u1 dkms");
  CHECK(join(undo_argv({"libcuda1", "dkms"}), " ") == "apt-get purge libcuda1 dkms");
}

}  // namespace nvprov
