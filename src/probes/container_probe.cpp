// Runs in a container that holds nothing else, and says what the engine put into it: the names in /dev, a line
// `device <name>` each, then /proc/self/mountinfo as the kernel writes it.
#include "probes/probe.hpp"

namespace nvprov::probe {
namespace {

constexpr long working_folder = -100;  // AT_FDCWD
constexpr long only_read = 0;

// As getdents64 fills it: inode 8, offset 8, length 2, kind 1, name.
constexpr long length_at = 16;
constexpr long name_at = 19;

alignas(8) char buffer[16384];

long open(const char* path) { return system_call(openat_call, working_folder, address(path), only_read); }

void put_names(long count) {
  for (long entry = 0; entry < count;) {
    const auto low = static_cast<unsigned char>(buffer[entry + length_at]);
    const auto high = static_cast<unsigned char>(buffer[entry + length_at + 1]);
    put("device ");
    put(buffer + entry + name_at);
    put("\n");
    entry += low + 256L * high;
  }
}

void put_folder(const char* path) {
  const long folder = open(path);
  if (folder < 0) return;
  for (long count = 0; (count = system_call(getdents64_call, folder, address(buffer), sizeof buffer)) > 0;)
    put_names(count);
  system_call(close_call, folder);
}

void put_file(const char* path) {
  const long file = open(path);
  if (file < 0) return;
  for (long count = 0; (count = system_call(read_call, file, address(buffer), sizeof buffer)) > 0;) put(buffer, count);
  system_call(close_call, file);
}

}  // namespace
}  // namespace nvprov::probe

NVPROV_PROBE_START;

extern "C" [[noreturn]] void probe_main() {
  nvprov::probe::put_folder("/dev");
  nvprov::probe::put_file("/proc/self/mountinfo");
  nvprov::probe::end();
}
