// What the CUDA probe is linked against: the names of libcuda.so.1 and nothing else of it.
extern "C" {
int cuInit(unsigned) { return 0; }
int cuDriverGetVersion(int*) { return 0; }
int cuDeviceGetCount(int*) { return 0; }
int cuDeviceGet(int*, int) { return 0; }
int cuDeviceGetName(char*, int, int) { return 0; }
int cuDeviceGetAttribute(int*, int, int) { return 0; }
int cuGetErrorName(int, const char**) { return 0; }
}
