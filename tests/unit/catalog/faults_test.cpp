// Data with one fault each: exactly that fault is named.
#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

constexpr std::string_view catalog_file = "manifests/catalog.json";
constexpr std::string_view gpus_file = "manifests/gpus.json";
constexpr std::string_view fabric_file = "manifests/fabric.json";
constexpr std::string_view driver_98 = "manifests/drivers/98.json";
constexpr std::string_view driver_99 = "manifests/drivers/99.json";
constexpr std::string_view cuda_file = "manifests/cuda/99.1.json";
constexpr std::string_view profile = "manifests/profiles/deploy.json";
constexpr std::string_view distro_file = "distros/example-9.json";

Diagnostics problems_of(const std::vector<DataFile>& files) {
  const auto result = load_catalog(files);
  return result ? Diagnostics{} : result.error();
}

// `from` becomes `to` in a file, and the one problem is at `place` of that file.
struct Fault {
  std::string_view name;
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string place;
  std::string message;
  std::string hint;
};

void check(const std::vector<Fault>& faults) {
  for (const Fault& fault : faults) {
    INFO(fault.name);
    const Diagnostics expected = {{std::string(fault.file), fault.place, fault.message, fault.hint}};
    CHECK(problems_of(changed_data(fault.file, fault.from, fault.to)) == expected);
  }
}

std::vector<DataFile> with_file(std::string path, std::string text) {
  auto files = sample_data();
  files.push_back({std::move(path), std::move(text)});
  return files;
}

std::vector<DataFile> without_file(std::string_view path) {
  auto files = sample_data();
  std::erase_if(files, [&](const DataFile& file) { return file.path == path; });
  return files;
}

// A distribution that is like example-9 but for what is given.
std::string clone(std::string_view like, std::string_view more = "") {
  return R"({"schema": "nvprov.distro/1", "like": ")" + std::string(like) + R"(", "id": "clone-9", "os_id": "clone")" +
         std::string(more) + "}";
}

}  // namespace

TEST_CASE("a fault of form is named with its place") {
  check({
      {"a duplicate key", driver_98, R"("branch")", R"("type": null, "branch")", "/type",
       "the key stands twice in one object", "keep one of them"},
      {"an unknown field", driver_98, R"("branch")", R"("relases": [], "branch")", "/relases", "unknown field",
       "did you mean `releases`?"},
      {"a wrong type", driver_98, R"("has_open_module": false)", R"("has_open_module": "no")", "/has_open_module",
       "expected true or false, found a string", ""},
      {"a number for a version", driver_98, R"("version": "98.10.01")", R"("version": 98.10)", "/releases/0/version",
       "expected a string, found a number", ""},
      {"an object for a list", profile, R"(["runtime-only"])", R"({"a": "runtime-only"})", "/aliases",
       "expected a list, found an object", ""},
      {"a missing field", cuda_file, R"("release": "99.1", )", "", "/", "the field `release` is missing", ""},
      {"a missing field of a GPU", gpus_file, R"("name": "Invented M2", )", "", "/gpus/0",
       "the field `name` is missing", ""},
      {"null where something is known", profile, R"("title": "Run programs")", R"("title": null)", "/title",
       "expected a string, found null", ""},
      {"an empty text", profile, R"("title": "Run programs")", R"("title": "")", "/title", "is empty", ""},
      {"a title over two lines", profile, "Run programs", R"(Run\nprograms)", "/title",
       "holds a line end or another control character", ""},
      {"another kind's schema", cuda_file, "nvprov.cuda/1", "nvprov.driver/1", "/schema",
       "expected nvprov.cuda/1, found nvprov.driver/1", ""},
      {"a schema without a number", cuda_file, "nvprov.cuda/1", "nvprov.cuda", "/schema",
       "expected nvprov.cuda/1, found nvprov.cuda", ""},
      {"a newer schema", cuda_file, "nvprov.cuda/1", "nvprov.cuda/2", "/schema",
       "is written for a newer nvprov: nvprov.cuda/2; this one reads nvprov.cuda/1", "update nvprov"},
      {"a newer schema of everything", gpus_file, "nvprov.gpus/1", "nvprov.gpus/17", "/schema",
       "is written for a newer nvprov: nvprov.gpus/17; this one reads nvprov.gpus/1", "update nvprov"},
  });
}

TEST_CASE("a text that is not what it must be is named") {
  check({
      {"a date that is none", catalog_file, "2026-11-22", "2026-02-30", "/date", "`2026-02-30` is not a date",
       "write YYYY-MM-DD"},
      {"a month for a date", driver_98, "2026-01-31", "2026-01", "/end_of_life", "`2026-01` is not a date",
       "write YYYY-MM-DD"},
      {"a version that is none", driver_99, R"("version": "99.10.01")", R"("version": "99.10.01-1")",
       "/releases/0/version", "`99.10.01-1` is not a version number", "write digits separated by dots, such as 12.4"},
      {"a minimum driver that is none", cuda_file, R"("min_driver": "99.10.01")", R"("min_driver": ">=99")",
       "/updates/0/min_driver", "`>=99` is not a version number", "write digits separated by dots, such as 12.4"},
      {"a capability that is none", gpus_file, R"("97.5")", R"("sm_97")", "/architectures/0/compute_capabilities/1",
       "`sm_97` is not a version number", "write digits separated by dots, such as 12.4"},
      {"an http address", driver_98, "https://", "http://", "/sources/notes/url",
       "`http://example.org/98` is an http address", "use https"},
      {"an address without a host", driver_98, "https://example.org", "https://", "/sources/notes/url",
       "`https:///98` is not an https address", ""},
      {"an address that is none", driver_98, "https://", "file://", "/sources/notes/url",
       "`file://example.org/98` is not an https address", ""},
      {"an upper-case device id", gpus_file, R"("fe02")", R"("FE02")", "/gpus/0/device_id",
       "`FE02` is not a PCI device id", "write four lower-case hex digits"},
      {"a device id with vendor", fabric_file, R"("ff01")", R"("10de:ff01")", "/nvswitches/0/device_id",
       "`10de:ff01` is not a PCI device id", "write four lower-case hex digits"},
      {"an unknown module word", gpus_file, R"("open_only")", R"("open-only")", "/architectures/2/modules",
       "`open-only` is not a word known here", "did you mean `open_only`?"},
      {"an unknown branch type", driver_98, R"("legacy")", R"("ancient")", "/type",
       "`ancient` is not a word known here", "known are: long-term, production, new-feature, legacy"},
      {"an unknown licence", distro_file, R"("redistributable")", R"("redistributeable")",
       "/package_sources/0/cuda/0/components/0/license", "`redistributeable` is not a word known here",
       "did you mean `redistributable`?"},
      {"a package manager this program does not know", distro_file, R"("package_manager": "apt")",
       R"("package_manager": "pacman")", "/package_manager", "`pacman` is not a word known here",
       "known are: apt, dnf, dnf5"},
      {"an unknown placeholder", distro_file, "{cuda_dash}", "{cuda_dots}",
       "/package_sources/0/cuda/0/components/0/packages/0", "`cuda_dots` is not a placeholder",
       "did you mean `cuda_dash`?"},
      {"a variable no shell could set", profile, "NVIDIA_REQUIRE_CUDA", "nvidia-require", "/image/environment/0/name",
       "`nvidia-require` is not the name of an environment variable",
       "write capital letters, digits and underscores, not beginning with a digit"},
      {"a placeholder that is not closed", distro_file, "{codename}-security", "{codename-security",
       "/package_sources/0/drivers/0/suite", "`{codename-security` has a brace without its partner", ""},
      {"a placeholder in a placeholder", distro_file, "{kernel_release}", "{{arch}}",
       "/kernels/0/exact_headers_package", "`linux-headers-{{arch}}` has a brace without its partner", ""},
      {"a placeholder where none is filled in", distro_file, R"("codename": "nine")", R"("codename": "{arch}")",
       "/codename", "`{arch}` holds a placeholder, which has no meaning here", ""},
      {"a package that would be an option", distro_file, R"(["ca-certificates"])", R"(["--force-yes"])",
       "/package_sources/0/https_prerequisites/0", "`--force-yes` begins with a dash and would be taken for an option",
       ""},
      {"a suite that would be two words", distro_file, R"("suites": ["{codename}"])", R"("suites": ["a b"])",
       "/package_sources/0/suites/0", "`a b` holds a blank", ""},
      {"a component that would be another line", distro_file, R"(["non-free"])", R"(["a\nb"])",
       "/package_sources/0/components/0", "`a\nb` holds a blank", ""},
  });
}

TEST_CASE("a source that is missing, dangling or not named is refused") {
  check({
      {"no source field", driver_98, R"(, "source": ["notes"]}])", "}]", "/releases/0", "the field `source` is missing",
       ""},
      {"an empty list of sources", cuda_file, R"("source": ["table"],
  "updates")",
       R"("source": [], "updates")", "/source", "names no source", "every record says where it was read"},
      {"a key that is not there", gpus_file, R"("first_driver_branch": "99", "modules": null, "source": ["table"]})",
       R"("first_driver_branch": "99", "modules": null, "source": ["tables"]})", "/gpus/2/source/0",
       "`tables` is not one of the file's sources", "did you mean `table`?"},
      {"a key like no other", profile, R"("source": ["words"])", R"("source": ["words", "elsewhere"])", "/source/1",
       "`elsewhere` is not one of the file's sources", "add it to `sources` with title and url"},
      {"a key twice", profile, R"("source": ["words"])", R"("source": ["words", "words"])", "/source/1",
       "`words` stands twice", ""},
      {"a source without address", cuda_file, R"(, "url": "https://example.org/cuda")", "", "/sources/table",
       "the field `url` is missing", ""},
  });
}

TEST_CASE("a record that stands twice is named with the place of the other") {
  check({
      {"a GPU", gpus_file, R"("fe02")", R"("fe03")", "/gpus/2/device_id",
       "`fe03` is already in manifests/gpus.json/gpus/0", ""},
      {"an architecture", gpus_file, R"("architectures": [)",
       R"("architectures": [{"name": "Oldera", "compute_capabilities": ["97.0"], "first_driver_branch": null,
          "last_driver_branch": null, "modules": "proprietary_only", "source": ["table"]},)",
       "/architectures/1/name", "`Oldera` is already in manifests/gpus.json/architectures/0", ""},
      {"a driver release", driver_99, R"("99.10.01")", R"("99.20.02")", "/releases/1/version",
       "`99.20.02` stands twice", ""},
      {"an alias of its own", profile, R"(["runtime-only"])", R"(["runtime-only", "runtime-only"])", "/aliases/1",
       "`runtime-only` stands twice", ""},
      {"an alias that is the id", profile, R"(["runtime-only"])", R"(["deploy"])", "/aliases/0",
       "`deploy` already names the profile `deploy`", ""},
      {"a component of a package set", distro_file, R"("license": "proprietary"}],)",
       R"("license": "proprietary"}, {"component": "compute", "packages": ["b"], "license": "proprietary"}],)",
       "/package_sources/0/package_sets/0/components/1/component", "`compute, proprietary` stands twice", ""},
      {"a module flavour of a package set", distro_file, R"({"flavour": "open",)",
       R"({"flavour": "proprietary", "packages": ["b"], "module_name": "b", "license": "proprietary"},
          {"flavour": "open",)",
       "/package_sources/0/package_sets/0/modules/1/flavour", "`proprietary` stands twice", ""},
      {"a driver-versioned package", distro_file, R"("driver_versioned": [)", R"("driver_versioned": ["example-dkms",)",
       "/package_sources/0/package_sets/0/driver_versioned/2", "`example-dkms` stands twice", ""},
      {"an architecture of a distribution", distro_file, R"("architectures": [{"arch")",
       R"("architectures": [{"arch": "x86_64", "package_arch": "amd64"}, {"arch")", "/architectures/1/arch",
       "`x86_64` stands twice", ""},
  });
}

TEST_CASE("two profiles may not share an alias") {
  std::string other = sample_text(profile);
  other.replace(other.find(R"("deploy")"), 8, R"("other")");
  const Diagnostics expected = {
      {"manifests/profiles/other.json", "/aliases/0", "`runtime-only` already names the profile `deploy`", ""}};
  CHECK(problems_of(with_file("manifests/profiles/other.json", other)) == expected);
}

TEST_CASE("two records of one branch are named, and so is the file with the wrong name") {
  const Diagnostics expected = {
      {"manifests/drivers/98a.json", "/branch", "the file is named 98a.json but holds `98`", "name it 98.json"},
      {"manifests/drivers/98a.json", "/branch", "`98` is already in manifests/drivers/98.json", ""}};
  CHECK(problems_of(with_file("manifests/drivers/98a.json", sample_text(driver_98))) == expected);
}

TEST_CASE("two distributions may not describe one host") {
  auto files =
      with_file("distros/clone-9.json", R"({"schema": "nvprov.distro/1", "like": "example-9", "id": "clone-9"})");
  const Diagnostics expected = {{"distros/clone-9.json", "/version_id", "`example-9` already describes example 9",
                                 "what the file does not write is taken from `example-9`"}};
  CHECK(problems_of(files) == expected);
}

TEST_CASE("what two records say of each other must agree") {
  check({
      {"a release of another branch", driver_99, R"("99.10.01")", R"("98.10.01")", "/releases/0/version",
       "`98.10.01` does not belong to 99", ""},
      {"a release whose branch is only the beginning of a number", driver_99, R"("99.10.01")", R"("990.10.01")",
       "/releases/0/version", "`990.10.01` does not belong to 99", ""},
      {"releases that are not oldest first", driver_99, R"("99.10.01", "date")", R"("99.30.01", "date")",
       "/releases/1/version", "`99.20.02` stands after the newer 99.30.01", "list the oldest first"},
      {"an update of another CUDA release", cuda_file, R"("updates": [)",
       R"("updates": [{"version": "99.0.9", "min_driver": null, "date": null, "bundled_driver": null,
          "architectures": null, "components": null, "source": ["table"]},)",
       "/updates/0/version", "`99.0.9` does not belong to 99.1", ""},
      {"an unknown architecture of a branch", driver_98, R"("Midera")", R"("Mideria")", "/newest_architecture",
       "there is no architecture `Mideria` in manifests/gpus.json", "did you mean `Midera`?"},
      {"an architecture range the wrong way round", driver_98, R"("oldest_architecture": "Oldera")",
       R"("oldest_architecture": "Newera")", "/newest_architecture",
       "Midera is older than the oldest architecture, Newera", ""},
      {"an unknown architecture of a GPU", gpus_file, R"("architecture": "Oldera")", R"("architecture": "oldera")",
       "/gpus/1/architecture", "there is no architecture `oldera` in manifests/gpus.json", "did you mean `Oldera`?"},
      {"a compute capability the architecture does not have", gpus_file, R"("compute_capability": "98.0")",
       R"("compute_capability": "98.1")", "/gpus/0/compute_capability", "`98.1` is not a compute capability of Midera",
       "it has: 98.0"},
      {"an open-capable GPU of an architecture that cannot", gpus_file,
       R"("compute_capability": null,
     "first_driver_branch": null, "modules": null)",
       R"("compute_capability": null, "first_driver_branch": null, "modules": "either")", "/gpus/1/modules",
       "the GPU is marked open-capable, but no GPU of Oldera is", ""},
      {"a GPU for proprietary modules of an open architecture", gpus_file,
       R"("first_driver_branch": "99", "modules": null)",
       R"("first_driver_branch": "99", "modules": "proprietary_only")", "/gpus/2/modules",
       "the GPU is marked for proprietary modules, but they drive no GPU of Newera", ""},
      {"a last branch before the first", gpus_file, R"("last_driver_branch": "98")", R"("last_driver_branch": "89")",
       "/architectures/0/last_driver_branch", "the last branch 89 is older than the first, 90", ""},
      {"a last branch missing among those known", gpus_file, R"("last_driver_branch": "98")",
       R"("last_driver_branch": "98.5")", "/architectures/0/last_driver_branch", "there is no driver branch `98.5`",
       ""},
      {"a CUDA release newer than those known", driver_99, R"("cuda": "99.1")", R"("cuda": "99.2")", "/cuda",
       "there is no CUDA release `99.2`", "did you mean `99.1`?"},
      {"a branch without any module", driver_98, R"("has_proprietary_module": true)",
       R"("has_proprietary_module": false)", "/has_proprietary_module",
       "a branch has an open or a proprietary module, or both", ""},
      {"a component no source has", profile, R"(["compute"])", R"(["compute", "compte"])", "/host/driver_components/1",
       "no distribution's source has a component `compte`", "did you mean `compute`?"},
      {"a CUDA component no source has", profile, R"("cuda_components": ["cudart"],)",
       R"("cuda_components": ["cublas"],)", "/image/cuda_components/0",
       "no distribution's source has a component `cublas`", ""},
      {"an NVSwitch component nobody knows", profile, R"(["fabric-manager"])", R"(["fabric"])",
       "/host/nvswitch_components/0", "no distribution's source has a component `fabric`", ""},
  });
}

TEST_CASE("what a distribution offers must exist") {
  check({
      {"a driver branch", distro_file, R"({"branch": "99")", R"({"branch": "97")",
       "/package_sources/0/drivers/0/branch", "there is no driver branch `97`", "did you mean `98`?"},
      {"a release of the branch", distro_file, R"("version": "99.20.02")", R"("version": "99.20.03")",
       "/package_sources/0/drivers/0/version", "`99.20.03` is not a release of branch 99",
       "its releases are listed in manifests/drivers/99.json"},
      {"a package set", distro_file, R"("package_set": "current")", R"("package_set": "curent")",
       "/package_sources/0/drivers/0/package_set", "the source has no package set `curent`", "did you mean `current`?"},
      {"an architecture", distro_file, R"("modules": ["open", "proprietary"], "architectures": ["x86_64"])",
       R"("modules": ["open", "proprietary"], "architectures": ["x86_64", "aarch64"])",
       "/package_sources/0/drivers/0/architectures/1", "`aarch64` is not an architecture of example-9", ""},
      {"an architecture of a kernel", distro_file, R"("architecture": "x86_64")", R"("architecture": "amd64")",
       "/kernels/0/architecture", "`amd64` is not an architecture of example-9", ""},
      {"a CUDA release", distro_file, R"("release": "99.1")", R"("release": "99.0")",
       "/package_sources/0/cuda/0/release", "there is no CUDA release `99.0`", "did you mean `99.1`?"},
      {"an update of the CUDA release", distro_file, R"("update": "99.1.0")", R"("update": "99.1.1")",
       "/package_sources/0/cuda/0/update", "`99.1.1` is not an update of CUDA 99.1",
       "its updates are listed in manifests/cuda/99.1.json"},
  });
}

TEST_CASE("a flavour must be one the branch and the package set have") {
  const auto problem = [](std::string message) {
    return Diagnostics{{std::string(distro_file), "/package_sources/0/drivers/0/modules/0", std::move(message), ""}};
  };
  CHECK(problems_of(changed_data(driver_99, R"("has_open_module": true)", R"("has_open_module": false)")) ==
        problem("branch 99 has no open module"));
  const std::string_view open_module =
      R"(,
        {"flavour": "open", "packages": ["example-open-dkms"], "module_name": "example", "license": "open-source"})";
  CHECK(problems_of(changed_data(distro_file, open_module, "")) ==
        problem("the package set `current` has no open module"));
  CHECK(problems_of(changed_data(distro_file, R"("modules": ["open",)", R"("modules": ["opne",)")) ==
        Diagnostics{{std::string(distro_file), "/package_sources/0/drivers/0/modules/0",
                     "`opne` is not a word known here", "did you mean `open`?"}});
}

TEST_CASE("a folder without its one-of-a-kind files is not whole") {
  CHECK(problems_of(without_file(catalog_file)) ==
        Diagnostics{{"manifests/catalog.json", "/", "the file is missing", ""}});
  CHECK(problems_of(without_file(gpus_file)) == Diagnostics{{"manifests/gpus.json", "/", "the file is missing", ""}});
}

TEST_CASE("records that refer to a file that cannot be read are not blamed") {
  for (const std::string_view path : {gpus_file, driver_98, driver_99, cuda_file, distro_file}) {
    CAPTURE(path);
    const Diagnostics problems = problems_of(changed_data(path, "{", "["));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].file == path);
  }
}

TEST_CASE("records that refer to a file that is not there are named") {
  const Diagnostics no_cuda = {
      {std::string(distro_file), "/package_sources/0/cuda/0/release", "there is no CUDA release `99.1`", ""}};
  CHECK(problems_of(without_file(cuda_file)) == no_cuda);
  const Diagnostics no_branch = {{std::string(distro_file), "/package_sources/0/drivers/0/branch",
                                  "there is no driver branch `99`", "did you mean `98`?"}};
  CHECK(problems_of(without_file(driver_99)) == no_branch);
}

TEST_CASE("a file of no known kind is a problem") {
  for (const std::string_view path : {"manifests/components.json", "manifests/drivers/580.txt", "distros/keys/a.json",
                                      "manifests/drivers/old/98.json", "other/98.json"}) {
    const Diagnostics expected = {
        {std::string(path), "/", "no kind of data file has this name and place",
         "expected manifests/catalog.json, manifests/gpus.json, manifests/forward_compatibility.json, "
         "manifests/drivers/BRANCH.json, manifests/cuda/RELEASE.json, manifests/profiles/ID.json, "
         "manifests/keys/ID.json, manifests/packages/ID.json, manifests/concepts/ID.json, manifests/checks/ID.json, "
         "manifests/libraries/ID.json, manifests/container-toolkit.json, manifests/fabric.json, "
         "manifests/vgpu.json or distros/ID.json"}};
    CHECK(problems_of(with_file(std::string(path), sample_text(driver_98))) == expected);
  }
}

TEST_CASE("a clone may be like a distribution that is there and itself like none") {
  CHECK(problems_of(with_file("distros/clone-9.json", clone("example-9"))) == Diagnostics{});
  const Diagnostics dangling = {
      {"distros/clone-9.json", "/like", "there is no distribution `exmaple-9`", "did you mean `example-9`?"}};
  CHECK(problems_of(with_file("distros/clone-9.json", clone("exmaple-9"))) == dangling);
  const Diagnostics itself = {{"distros/clone-9.json", "/like",
                               "`clone-9` is itself like another distribution, and only one level is allowed", ""}};
  CHECK(problems_of(with_file("distros/clone-9.json", clone("clone-9"))) == itself);
}

TEST_CASE("a clone of a clone is refused") {
  auto files = with_file("distros/clone-9.json", clone("example-9"));
  files.push_back({"distros/copy-9.json", R"({"schema": "nvprov.distro/1", "like": "clone-9", "id": "copy-9",
                                             "os_id": "copy", "version_id": "9"})"});
  const Diagnostics expected = {{"distros/copy-9.json", "/like",
                                 "`clone-9` is itself like another distribution, and only one level is allowed", ""}};
  CHECK(problems_of(files) == expected);
}

TEST_CASE("a problem in what a clone took says where it was taken from") {
  const std::string text = clone("example-9", R"(, "architectures": [{"arch": "aarch64", "package_arch": "arm64"}])");
  const std::string note = "what the file does not write is taken from `example-9`";
  const auto problem = [&](std::string place) {
    return Diagnostic{"distros/clone-9.json", std::move(place), "`x86_64` is not an architecture of clone-9", note};
  };
  const Diagnostics expected = {problem("/kernels/0/architecture"),
                                problem("/package_sources/0/drivers/0/architectures/0"),
                                problem("/package_sources/0/cuda/0/architectures/0")};
  CHECK(problems_of(with_file("distros/clone-9.json", text)) == expected);
}

TEST_CASE("all problems of all files are named at once, in the order of the files") {
  auto files = changed_data(driver_98, R"("type": "legacy")", R"("type": "old", "tpye": 1)");
  for (DataFile& file : files) {
    if (file.path == catalog_file) file.text = "{";
    if (file.path == distro_file) file.text.replace(file.text.find("\"99.20.02\""), 10, "\"99.20.03\"");
  }
  files.push_back({"manifests/extra.json", "{}"});
  std::vector<std::string> places;
  for (const Diagnostic& problem : problems_of(files)) places.push_back(problem.file + problem.place);
  const std::vector<std::string> expected = {"distros/example-9.json/package_sources/0/drivers/0/version",
                                             "manifests/catalog.jsonline 1, column 2", "manifests/drivers/98.json/type",
                                             "manifests/drivers/98.json/tpye", "manifests/extra.json/"};
  CHECK(places == expected);
  std::ranges::reverse(files);
  std::vector<std::string> reversed;
  for (const Diagnostic& problem : problems_of(files)) reversed.push_back(problem.file + problem.place);
  CHECK(reversed == expected);
}

void cut_off_at_each_byte(std::size_t stride) {
  for (const std::string_view path : {catalog_file, cuda_file, profile}) {
    const std::string text = sample_text(path);
    for (std::size_t size = 0; size < text.size(); size += stride) {
      const auto problems = problems_of(changed_data(path, text, text.substr(0, size)));
      CAPTURE(path, size);
      REQUIRE(problems.size() == 1);
      CHECK(problems[0].file == path);
    }
  }
}
TEST_CASE("a file that is cut off is a problem of that file, never a crash") { cut_off_at_each_byte(11); }
TEST_CASE("a file cut off at any byte is a problem of that file", "[.slow]") { cut_off_at_each_byte(1); }

void leave_out_each_byte(std::size_t stride) {
  for (const std::string_view path : {driver_99, distro_file}) {
    const std::string text = sample_text(path);
    for (std::size_t at = 0; at < text.size(); at += stride) {
      const auto files = changed_data(path, text, text.substr(0, at) + text.substr(at + 1));
      const auto result = load_catalog(files);
      CAPTURE(path, at);
      if (!result) REQUIRE_FALSE(result.error().empty());
    }
  }
}

TEST_CASE("a file with a byte left out is read or refused, never a crash") { leave_out_each_byte(17); }
TEST_CASE("whichever byte of a file is left out, it is read or refused", "[.slow]") { leave_out_each_byte(1); }
