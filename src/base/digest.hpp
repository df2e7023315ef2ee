#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace nvprov {

// SHA-256 of the bytes, as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
// SHA-1, as 40 lower-case hex digits: only for names others made with it (fingerprints of OpenPGP keys).
std::string sha1_hex(std::string_view bytes);

enum class DigestKind { sha256, sha512 };

// What a file's bytes must give.
struct FileDigest {
  DigestKind kind = DigestKind::sha256;
  std::string hex;  // lower case

  bool operator==(const FileDigest&) const = default;
};

// The digest of bytes that come piece by piece.
class DigestStream {
 public:
  explicit DigestStream(DigestKind kind);
  ~DigestStream();
  DigestStream(DigestStream&&) noexcept;
  DigestStream& operator=(DigestStream&&) noexcept;
  void add(std::string_view bytes);
  // Of all bytes so far; ends the stream.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nvprov
