#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace nvprov::test {

// A tar archive, entry by entry, in the form of POSIX (ustar), with what no well-meaning program would write, too.
class TarFile {
 public:
  TarFile& file(const std::string& name, const std::string& content, unsigned mode = 0644, unsigned owner = 0) {
    add(name, '0', content.size(), {}, mode, owner);
    text_ += content;
    text_.resize((text_.size() + 511) / 512 * 512);
    return *this;
  }
  TarFile& folder(const std::string& name, unsigned mode = 0755, unsigned owner = 0) {
    add(name + "/", '5', 0, {}, mode, owner);
    return *this;
  }
  TarFile& link(const std::string& name, const std::string& target) {
    add(name, '2', 0, target, 0777, 0);
    return *this;
  }
  TarFile& hard_link(const std::string& name, const std::string& target) {
    add(name, '1', 0, target, 0644, 0);
    return *this;
  }
  // A file whose content is not there.
  TarFile& promised(const std::string& name, std::uint64_t size) {
    add(name, '0', size, {}, 0644, 0);
    return *this;
  }
  std::string text() const { return text_ + std::string(1024, '\0'); }
  std::string unfinished() const { return text_; }

 private:
  void add(const std::string& name, char kind, std::uint64_t size, const std::string& target, unsigned mode,
           unsigned owner) {
    std::string header(512, '\0');
    const auto put = [&](std::size_t at, const std::string& value) { header.replace(at, value.size(), value); };
    put(0, name.substr(0, 100));
    put(100, fmt::format("{:07o}", mode));
    put(108, fmt::format("{:07o}", owner));
    put(116, fmt::format("{:07o}", owner));
    put(124, fmt::format("{:011o}", size));
    put(136, fmt::format("{:011o}", 1700000000));
    put(148, "        ");
    header[156] = kind;
    put(157, target.substr(0, 100));
    put(257, std::string("ustar\0", 6) + "00");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put(148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
    text_ += header;
  }

  std::string text_;
};

}  // namespace nvprov::test
