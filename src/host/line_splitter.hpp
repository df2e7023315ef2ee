#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace nvprov {

// Turns what a pipe delivers in pieces into whole lines.
class LineSplitter {
 public:
  explicit LineSplitter(std::function<void(std::string_view line)> sink) : sink_(std::move(sink)) {}

  void add(std::string_view piece) {
    if (!sink_) return;
    pending_ += piece;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = pending_.find('\n', start)) != std::string::npos; start = end + 1)
      send(std::string_view(pending_).substr(start, end - start));
    pending_.erase(0, start);
  }
  // The last line may lack its line end.
  void finish() {
    if (sink_ && !pending_.empty()) send(pending_);
    pending_.clear();
  }

 private:
  void send(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    sink_(line);
  }

  std::function<void(std::string_view line)> sink_;
  std::string pending_;
};

}  // namespace nvprov
