# Writes a C++ file with the bytes of both probes.
function(bytes_of file result)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  set(${result} "${hex}" PARENT_SCOPE)
endfunction()

bytes_of(${CUDA} cuda)
bytes_of(${CONTAINER} container)
file(WRITE ${OUTPUT} "#include \"verify/probes.hpp\"

namespace nvprov {
namespace {

constexpr unsigned char cuda_probe_bytes[] = {
${cuda}
};

constexpr unsigned char container_probe_bytes[] = {
${container}
};

std::string_view text_of(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::string_view cuda_probe() { return text_of(cuda_probe_bytes, sizeof cuda_probe_bytes); }

std::string_view container_probe() { return text_of(container_probe_bytes, sizeof container_probe_bytes); }

}  // namespace nvprov
")
