#include "base/text.hpp"
#include "model/lockfile.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"

using namespace nvprov;

namespace {

Request some_request() {
  Request request;
  request.profiles = {"develop"};
  request.cuda = {"12.4"};
  request.gpus = {"8xH100"};
  request.kernel = "6.1.0-41-amd64";
  request.hold = Hold::branch;
  return request;
}

Lockfile full_lock() {
  return {.tool_version = "0.1.0",
          .catalog_date = "2026-11-22",
          .catalog_digest = "c0",
          .distro = "debian-12",
          .architecture = "x86_64",
          .target = Target::image,
          .request = some_request(),
          .source = "nvidia",
          .driver = LockedDriver{.branch = "99", .version = "99.9.0", .flavour = "open", .module_name = "gpu"},
          .cuda = {"12.4.1"},
          .kernels = {"6.1.0-41-amd64"},
          .streams = {{.module = "gpu-driver", .stream = "99-open"}},
          .packages = {{.name = "libgpu1",
                        .version = "99.9.0-1",
                        .architecture = "amd64",
                        .origin = "Example stable",
                        .repository = "https://mirror.example.org/debian",
                        .path = "pool/libgpu1.deb",
                        .digest = "sha256:00ff",
                        .requested = true,
                        .driver_versioned = true}},
          .removed = {"libgpu0"},
          .files = {{.kind = LockedFileKind::key,
                     .path = "/etc/apt/keyrings/nvprov-x.gpg",
                     .mode = 0600,
                     .digest = "sha256:aa",
                     .fingerprints = {"EB693B3035CD5710E231E123A4B469963BF863CC"},
                     .keys = {}},
                    {.kind = LockedFileKind::engine_keys,
                     .path = "/etc/docker/daemon.json",
                     .mode = 0600,
                     .digest = "sha256:bb",
                     .fingerprints = {},
                     .keys = {{"runtimes", "nvidia"}, {"features", "cdi"}}}}};
}

}  // namespace

TEST_CASE("a lock with every field set comes back from JSON as it was") {
  const auto lock = lockfile_from_json(format_json(lockfile_to_json(full_lock())), "nvprov.lock");
  if (!lock) CHECK(lock.error() == Diagnostics{});
  REQUIRE(lock);
  CHECK(*lock == full_lock());
}

TEST_CASE("an empty lock comes back from JSON as it was") {
  const auto lock = lockfile_from_json(format_json(lockfile_to_json(Lockfile{})), "nvprov.lock");
  REQUIRE(lock);
  CHECK(*lock == Lockfile{});
}

TEST_CASE("what is wrong with a lock is named with its place, all at once") {
  std::string text = format_json(lockfile_to_json(full_lock()));
  text = replace_all(text, "\"kind\": \"key\"", "\"kind\": \"kye\"");
  text = replace_all(text, "\"0600\"", "\"600rw\"");
  text = replace_all(text, "\"source\": \"nvidia\"", "\"sorce\": \"nvidia\"");
  const auto lock = lockfile_from_json(text, "nvprov.lock");
  REQUIRE(!lock);
  std::vector<std::string> places;
  for (const Diagnostic& problem : lock.error()) places.push_back(problem.place);
  CHECK(places == std::vector<std::string>{"/", "/files/0/kind", "/files/0/mode", "/files/1/mode", "/sorce"});
}

TEST_CASE("a lock of a newer nvprov is refused") {
  const std::string text = replace_all(format_json(lockfile_to_json(full_lock())), "nvprov.lock/1", "nvprov.lock/2");
  const auto lock = lockfile_from_json(text, "nvprov.lock");
  REQUIRE(!lock);
  CHECK(contains(lock.error().front().message, "newer nvprov"));
}
