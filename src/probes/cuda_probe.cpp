// Starts the CUDA driver as every CUDA program does, and says what came of it:
//   init <CUresult> <its name>
//   driver <version, 1000 * major + 10 * minor>
//   device <compute capability major> <minor> <name>
// A program of its own, so that nvprov links no driver, may itself be static, and outlives a driver that crashes. It
// needs no symbol of the C library, only what libcuda.so.1 needs itself: one build runs on every distribution.
#include "probes/probe.hpp"

// https://docs.nvidia.com/cuda/cuda-driver-api/
extern "C" {
int cuInit(unsigned flags);
int cuDriverGetVersion(int* version);
int cuDeviceGetCount(int* count);
int cuDeviceGet(int* device, int ordinal);
int cuDeviceGetName(char* name, int length, int device);
int cuDeviceGetAttribute(int* value, int attribute, int device);
int cuGetErrorName(int result, const char** name);
}

namespace nvprov::probe {
namespace {

constexpr int success = 0;
constexpr int capability_major = 75;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
constexpr int capability_minor = 76;
constexpr int name_length = 256;
constexpr long most_seconds = 120;  // eight GPUs that were not initialized before take some tens

const char* name_of(int result) {
  const char* name = nullptr;
  return cuGetErrorName(result, &name) == success && name != nullptr ? name : "unknown";
}

void put_device(int ordinal) {
  int device = 0;
  int major = 0;
  int minor = 0;
  char name[name_length];
  name[0] = '\0';
  if (cuDeviceGet(&device, ordinal) != success) return;
  cuDeviceGetAttribute(&major, capability_major, device);
  cuDeviceGetAttribute(&minor, capability_minor, device);
  cuDeviceGetName(name, name_length, device);
  put("device ");
  put(major);
  put(" ");
  put(minor);
  put(" ");
  put(name);
  put("\n");
}

void look() {
  const int result = cuInit(0);
  put("init ");
  put(result);
  put(" ");
  put(name_of(result));
  put("\n");
  int version = 0;
  if (cuDriverGetVersion(&version) == success) {
    put("driver ");
    put(version);
    put("\n");
  }
  int count = 0;
  if (result != success || cuDeviceGetCount(&count) != success) return;
  for (int ordinal = 0; ordinal < count; ++ordinal) put_device(ordinal);
}

}  // namespace
}  // namespace nvprov::probe

NVPROV_PROBE_START;

extern "C" [[noreturn]] void probe_main() {
  nvprov::probe::end_after(nvprov::probe::most_seconds);
  nvprov::probe::look();
  nvprov::probe::end();
}
