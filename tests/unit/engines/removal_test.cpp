// What removal does where somebody edited the file after nvprov did.
#include "base/text.hpp"
#include "engines/containerd.hpp"
#include "engines/docker.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

FileEdit docker_file(const std::optional<std::string>& text, const DockerRequest& request = {}) {
  const auto merge = merge_docker(text, request);
  REQUIRE(merge);
  return merge->file;
}

Removal without_docker(const std::string& text, const EditRecord& record) {
  const auto removal = remove_docker(text, record);
  REQUIRE(removal);
  return *removal;
}

FileEdit containerd_file(const std::string& text) {
  const auto merge = merge_containerd({.main = text, .drop_in = {}}, {});
  REQUIRE(merge);
  return merge->main;
}

Removal without_containerd(const std::string& text, const EditRecord& record) {
  const auto removal = remove_containerd(text, record);
  REQUIRE(removal);
  return *removal;
}

}  // namespace

TEST_CASE("a runtime added beside NVIDIA's keeps the object that came with it") {
  const FileEdit file = docker_file(std::nullopt);
  const std::string more = replace_all(*file.text, "\"nvidia\"", "\"kata\": {\"path\": \"kata\"},\n        \"nvidia\"");
  CHECK(without_docker(more, file.record) ==
        Removal{.text = "{\n    \"runtimes\": {\n        \"kata\": {\"path\": \"kata\"}\n    }\n}\n", .left = {}});
}

TEST_CASE("a setting added behind NVIDIA's stays, and the file with it") {
  const FileEdit file = docker_file(std::nullopt);
  const std::string more = file.text->substr(0, file.text->size() - 3) + ",\n    \"debug\": true\n}\n";
  CHECK(without_docker(more, file.record) == Removal{.text = "{\n    \"debug\": true\n}\n", .left = {}});
}

TEST_CASE("what somebody changed since is left and named, what somebody removed is not missed") {
  const FileEdit file = docker_file(
      "{\"debug\": true}", {.make_default = true, .enable_cdi = true, .runtime_path = "nvidia-container-runtime"});
  const std::string other = replace_all(*file.text, "\"default-runtime\": \"nvidia\"", "\"default-runtime\": \"crun\"");
  CHECK(without_docker(other, file.record) ==
        Removal{.text = "{\"debug\": true, \"default-runtime\": \"crun\"}", .left = {"default-runtime"}});
  const std::string less = replace_all(*file.text, ", \"default-runtime\": \"nvidia\"", "");
  CHECK(without_docker(less, file.record) == Removal{.text = "{\"debug\": true}", .left = {}});
  const auto gone = remove_docker(std::nullopt, file.record);
  REQUIRE(gone);
  CHECK(*gone == Removal{});
  const std::string foreign = replace_all(*file.text, "nvidia-container-runtime", "/opt/mine");
  CHECK(without_docker(foreign, file.record).left == std::vector<std::string>{"runtimes.nvidia"});
}

TEST_CASE("a file somebody broke since is an error with its line, and stays") {
  const FileEdit file = docker_file("{}\n");
  const auto removal = remove_docker(*file.text + "}", file.record);
  REQUIRE_FALSE(removal);
  CHECK(removal.error().message.starts_with("line 9, column 1: not valid JSON"));
}

TEST_CASE("a runtime's options changed since go with it, and what stands around stays") {
  const FileEdit file = containerd_file("version = 2\n");
  const std::string more =
      replace_all(*file.text, "runtime_root = \"\"\n", "runtime_root = \"/x\" # mine\n") + "\n# end\n[grpc]\nuid = 0\n";
  CHECK(without_containerd(more, file.record) ==
        Removal{.text = "version = 2\n\n# end\n[grpc]\nuid = 0\n", .left = {}});
}

bool reads_as_record(const Json& json) {
  Diagnostics problems;
  ObjectReader reader(json, "", "", problems);
  read_edit_record(reader);
  reader.finish();
  return problems.empty();
}

TEST_CASE("a record that is none is refused") {
  CHECK_FALSE(reads_as_record(JsonObject{}));
  CHECK_FALSE(reads_as_record(JsonObject{
      {"made_document", false},
      {"blank", nullptr},
      {"changes", JsonArray{JsonObject{
                      {"key", JsonArray{}}, {"value", 1}, {"former", nullptr}, {"inserted", ""}, {"made", 0}}}}}));
}

TEST_CASE("containerd's own account tells whether it has the runtime") {
  CHECK(shows_nvidia_runtime("version = 2\n") == false);
  CHECK(shows_nvidia_runtime("[plugins.\"io.containerd.cri.v1.runtime\".containerd.runtimes.nvidia.options]\n"
                             "BinaryName = '/usr/bin/nvidia-container-runtime'\n") == true);
  CHECK_FALSE(shows_nvidia_runtime("x"));
}
