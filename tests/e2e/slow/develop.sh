# shellcheck shell=bash
# Programs are built with the toolkit that Debian packages itself: some two gigabytes to fetch, and six on the disk.
# shellcheck disable=SC2154,SC2016

set_debian_cuda

put_a_program_in_root() {
  cat >"$root/tmp/add.cu" <<'EOF_CU'
#include <cstdio>

__global__ void add(int n, const float *x, float *y) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] += x[i];
}

int main() {
  std::printf("built with %d.%d\n", CUDART_VERSION / 1000, CUDART_VERSION % 1000 / 10);
  float *x = nullptr;
  const cudaError_t error = cudaMalloc(&x, 4);
  std::printf("%s\n", cudaGetErrorName(error));
  if (error == cudaSuccess) add<<<1, 1>>>(1, x, x);
  return 0;
}
EOF_CU
}

it_builds_a_program_with_the_toolkit_of_debians_own_archive() {
  local ccbin=()
  expect 0 apply --profile develop --cuda "$debian_cuda"
  if [ "$suite" = 12 ]; then  # its nvcc runs the system's gcc, which is too new for it
    answers '`nvcc -ccbin g++-11`'
    ccbin=(-ccbin g++-11)
  fi
  put_a_program_in_root
  expect 0 in_root nvcc --version
  answers "release $debian_cuda,"
  expect 0 in_root nvcc "${ccbin[@]}" -cudart shared -o /tmp/add /tmp/add.cu
  expect 0 in_root ldd /tmp/add
  answers "$debian_library"
  expect 0 in_root nvcc "${ccbin[@]}" -o /tmp/add-static /tmp/add.cu
  # Whatever GPU this machine has, the program starts and finds its runtime.
  expect 0 in_root /tmp/add
  answers "built with $debian_cuda"
  answers cuda
  expect 0 in_root cuobjdump -lelf /tmp/add
  answers '.cubin'
  writes_nothing apply --profile develop --cuda "$debian_cuda"
}

it_keeps_a_toolkit_that_brings_the_drivers_library_out_of_an_image() {
  remove_root
  new_root "$bare"
  expect 3 in_root nvprov plan --target image --profile develop --cuda "$debian_cuda" --source distro
  complains 'an image must not hold'
}
