#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/recording_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov::test {

// A host made in the test itself: files below root/, the rest in host.json, read as a fixture host is.
class TreeHost {
 public:
  TreeHost& file(const std::string& path, const std::string& content) {
    folder_.write("root" + path, content);
    return *this;
  }
  TreeHost& link(const std::string& path, const std::string& text) {
    folder_.link(text, "root" + path);
    return *this;
  }
  TreeHost& directory(const std::string& path) {
    std::filesystem::create_directories(folder_.at("root" + path));
    return *this;
  }
  // A live machine running this kernel as root, with /sys and /proc; the default.
  TreeHost& kernel(const std::string& release) {
    uname_ = R"({"release": ")" + release + R"(", "machine": "x86_64"})";
    return *this;
  }
  TreeHost& rooted() {
    live_ = "false";
    return *this;
  }
  TreeHost& environment(const std::string& name, const std::string& value) {
    environment_ = R"([{"name": ")" + name + R"(", "value": ")" + value + R"("}])";
    return *this;
  }
  // What a query prints; arguments and output without quotes and control characters other than JSON's escapes.
  TreeHost& answer(const std::vector<std::string>& argv, int exit_status, const std::string& out) {
    std::string words;
    for (const std::string& word : argv) words += (words.empty() ? "\"" : ", \"") + word + "\"";
    commands_ += (commands_.empty() ? "" : ", ") + (R"({"argv": [)" + words + R"(], "exit_status": )") +
                 std::to_string(exit_status) + R"(, "out": ")" + out + R"(", "err": ""})";
    return *this;
  }
  // `operation`: "read" a file, "list" a folder, "look" at either.
  TreeHost& unreadable(const std::string& path, const std::string& operation = "read") {
    errors_ = R"([{"path": ")" + path + R"(", "operation": ")" + operation + R"(", "message": "could not read )" +
              path + R"(: Permission denied"}])";
    return *this;
  }
  std::unique_ptr<HostView> view() const {
    folder_.write("host.json", R"({"schema": "nvprov.host/1", "live": )" + live_ + R"(, "uname": )" + uname_ +
                                   R"(, "effective_user": 0, "environment": )" + environment_ + R"(, "commands": [)" +
                                   commands_ + R"(], "errors": )" + errors_ + "}");
    std::filesystem::create_directories(folder_.path() + "/root");
    auto loaded = load_recording(folder_.path());
    REQUIRE(loaded);
    return std::move(*loaded);
  }

 private:
  TempFolder folder_;
  std::string live_ = "true";
  std::string uname_ = R"({"release": "6.1.0-41-amd64", "machine": "x86_64"})";
  std::string environment_ = "[]";
  std::string commands_;
  std::string errors_ = "[]";
};

}  // namespace nvprov::test
