#include "model/facts_json.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

// Every field with a value of its own, so that a field that is forgotten or mixed up shows.
HostFacts full_facts() {
  HostFacts facts;
  facts.origin = "live";
  facts.observed_on = "2026-11-22";
  facts.os = OsFacts{"debian", {"like-this"}, "12", "bookworm", "Debian GNU/Linux 12", "board", "use another"};
  facts.architecture = "x86_64";
  facts.kernel = {"6.1.0-41-amd64", {{"6.1.0-41-amd64", true}, {"6.1.0-9-amd64", false}}, {"6.1.0-41-amd64: /x.ko"}};
  facts.gpus = {{"0000:3b:00.0", "1eb8", "10de", "12a2", "0302", "Tesla T4", "Turing", "7.5", "nouveau"},
                {"", "", "", "", "", "named", {}, {}, {}}};
  facts.nvswitches = {{"0000:60:00.0", "1af1", "A100 NVSwitch"}};
  facts.gpus_named = true;
  facts.driver = {LoadedDriver{"535.1", "open"}, true, RunfileDriver{"/usr/bin/u", "535.2"}, "535.3"};
  facts.cuda_toolkits = {{"/usr/local/cuda-12.4", "12.4.1"}, {"/usr/local/cuda", {}}};
  facts.container_engines = {{"docker", "/usr/bin/dockerd"}};
  facts.services = {{.unit = "nvidia-persistenced.service", .start = "enabled"}};
  facts.secure_boot = SecureBootFacts{true, false};
  facts.environment = {PlaceKind::image_build, {"mark"}, "kvm", ManagedBy{"wsl", "/dev/dxg"}, true, "/run/reboot"};
  facts.package_facts.manager = "apt";
  facts.package_facts.architecture = "amd64";
  facts.package_facts.packages = {{"libcuda1", "1", "amd64", "installed", true, true, "Debian", "site"},
                                  {"x", "2", "all", "unpacked", false, false, {}, {}}};
  facts.package_facts.repositories = {{"/etc/apt/x.list",
                                       3,
                                       "one-line",
                                       false,
                                       {"deb"},
                                       {"http://mirror.example.org/"},
                                       {"bookworm"},
                                       {"main"},
                                       {{"arch", "amd64"}},
                                       "section"}};
  facts.package_facts.modules = {{"example-driver", "99-open", "enabled"}};
  facts.nvlink_switch_manager = "mlx5_4";
  facts.package_facts.pins = {{"/etc/apt/preferences", 1, "*", "origin x", "100"}};
  facts.diagnostics = {{"file", "gpus", "message", "hint"}};
  return facts;
}

}  // namespace

TEST_CASE("facts come back from their JSON form as they were") {
  const HostFacts full = full_facts();
  CHECK((facts_from_json(format_json(facts_to_json(full)), "facts.json").value() == full));
  CHECK((facts_from_json(format_json(facts_to_json({})), "facts.json").value() == HostFacts{}));
  for (const PlaceKind place : {PlaceKind::host, PlaceKind::chroot, PlaceKind::container, PlaceKind::unclear}) {
    HostFacts facts;
    facts.environment.place = place;
    CHECK((facts_from_json(format_json(facts_to_json(facts)), "facts.json").value() == facts));
  }
}

TEST_CASE("facts from before a distribution could be told by a mark are read") {
  HostFacts facts = full_facts();
  facts.os->recognised_as.reset();
  facts.os->not_supported.reset();
  std::string text = format_json(facts_to_json(facts));
  const std::string since = ",\n    \"recognised_as\": null,\n    \"not_supported\": null";
  REQUIRE(text.find(since) != std::string::npos);
  text.replace(text.find(since), since.size(), "");
  CHECK((facts_from_json(text, "facts.json").value() == facts));
}

TEST_CASE("every field is there, empty ones as null") {
  const Json json = facts_to_json({});
  CHECK(json.find("os")->is_null());
  CHECK(json.find("secure_boot")->is_null());
  CHECK(json.find("kernel")->find("running")->is_null());
  CHECK(json.find("driver")->find("loaded")->is_null());
  CHECK(json.find("environment")->find("root_user")->is_null());
}

TEST_CASE("facts as JSON never show a password") {
  HostFacts facts = full_facts();
  facts.package_facts.repositories[0].uris = {"http://me:secret@mirror.example.org/debian"};
  facts.diagnostics = {{"", "x", "http://me:secret@mirror.example.org is odd", ""}};
  const std::string text = format_json(facts_to_json(facts));
  CHECK(text.find("secret") == std::string::npos);
  CHECK(text.find("http://***@mirror.example.org/debian") != std::string::npos);
}

TEST_CASE("a facts file of a newer nvprov is refused in words") {
  const auto refused = facts_from_json(R"({"schema": "nvprov.facts/2", "something": "new"})", "facts.json");
  REQUIRE(!refused);
  CHECK(refused.error() == Diagnostics{{"facts.json", "/schema",
                                        "written by a newer nvprov (`nvprov.facts/2`); this one reads `nvprov.facts/1`",
                                        "use the nvprov that wrote it, or write it again with this one"}});
  CHECK(facts_from_json(R"({"schema": "nvprov.plan/1"})", "x").error() ==
        Diagnostics{{"x", "/schema", "expected `nvprov.facts/1`, found `nvprov.plan/1`", ""}});
}

TEST_CASE("a facts file with a wrong type, an unknown field or an unknown word is refused with all places") {
  std::string text = format_json(facts_to_json(full_facts()));
  const auto replace = [&](const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
  };
  replace("\"image-build\"", "\"moon\"");
  replace("\"gpus_named\": true", "\"gpus_named\": 1");
  replace("\"uninstaller\"", "\"uninstallr\"");
  const auto refused = facts_from_json(text, "facts.json");
  REQUIRE(!refused);
  std::vector<std::string> places;
  for (const Diagnostic& problem : refused.error()) places.push_back(problem.place);
  CHECK(places ==
        std::vector<std::string>{"/gpus_named", "/driver/runfile", "/driver/runfile/uninstallr", "/environment/place"});
}

TEST_CASE("the fingerprint is of the host, not of who looked, when, and in what words") {
  const HostFacts facts = full_facts();
  HostFacts same = facts;
  same.origin = "file";
  same.observed_on = "2027-01-01";
  same.environment.root_user = false;
  same.os->not_supported = "other words";
  same.diagnostics[0].message = "other words";
  same.package_facts.packages[1].origin = "Elsewhere";
  CHECK(facts_fingerprint(same) == facts_fingerprint(facts));
  CHECK(facts_fingerprint(facts).size() == 64);

  HostFacts other = facts;
  other.package_facts.packages[0].version = "2";
  CHECK(facts_fingerprint(other) != facts_fingerprint(facts));
  other = facts;
  other.diagnostics.clear();
  CHECK(facts_fingerprint(other) != facts_fingerprint(facts));
}

TEST_CASE("a fact that could not be looked at covers its parts and no neighbour") {
  HostFacts facts;
  facts.diagnostics = {{"", "kernel", "", ""}, {"", "driver.loaded", "", ""}};
  CHECK(could_not_look(facts, "kernel"));
  CHECK(could_not_look(facts, "kernel.running"));
  CHECK(!could_not_look(facts, "kernels"));
  CHECK(could_not_look(facts, "driver.loaded"));
  CHECK(!could_not_look(facts, "driver"));
  CHECK(!could_not_look(facts, "gpus"));
}

TEST_CASE("a package counts as installed only when it is so wholly") {
  HostFacts facts;
  facts.package_facts.packages = {{"x", "1", "amd64", "half-configured", false, false, {}, {}},
                                  {"y", "2", "amd64", "installed", false, false, {}, {}}};
  CHECK(find_installed(facts, "x") == nullptr);
  REQUIRE(find_installed(facts, "y") != nullptr);
  CHECK(find_installed(facts, "y")->version == "2");
}
