# The programs nvprov carries and runs (src/probes): without a C library, a few kB each.
set(probe_options -O2 -ffreestanding -fno-builtin -fno-exceptions -fno-rtti -fno-stack-protector
  -fno-asynchronous-unwind-tables -fno-lto -U_FORTIFY_SOURCE -Wall -Wextra -Werror)
set(probe_link_options -nostdlib -Wl,--build-id=none -Wl,-z,noseparate-code -s)

add_library(nvprov_cuda_driver_stub SHARED EXCLUDE_FROM_ALL src/probes/cuda_driver_stub.cpp)
set_target_properties(nvprov_cuda_driver_stub PROPERTIES OUTPUT_NAME cuda SOVERSION 1 UNITY_BUILD OFF
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/probes)
target_compile_options(nvprov_cuda_driver_stub PRIVATE ${probe_options})
target_link_options(nvprov_cuda_driver_stub PRIVATE ${probe_link_options})

function(nvprov_probe name)
  add_executable(${name} EXCLUDE_FROM_ALL src/probes/${name}.cpp)
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF SKIP_BUILD_RPATH ON
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/probes)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(${name} PRIVATE ${probe_options} ${ARGN})
  target_link_options(${name} PRIVATE ${probe_link_options} ${ARGN})
endfunction()

nvprov_probe(cuda_probe -fPIE)
target_link_options(cuda_probe PRIVATE -pie)
target_link_libraries(cuda_probe PRIVATE nvprov_cuda_driver_stub)
nvprov_probe(container_probe -fno-pie)
target_link_options(container_probe PRIVATE -no-pie -static)

set(carried_probes ${CMAKE_BINARY_DIR}/carried_probes.cpp)
add_custom_command(
  OUTPUT ${carried_probes}
  COMMAND ${CMAKE_COMMAND} -D OUTPUT=${carried_probes} -D CUDA=$<TARGET_FILE:cuda_probe>
    -D CONTAINER=$<TARGET_FILE:container_probe> -P ${CMAKE_SOURCE_DIR}/cmake/carry_probes.cmake
  DEPENDS cuda_probe container_probe ${CMAKE_SOURCE_DIR}/cmake/carry_probes.cmake
  COMMENT "Embedding the probes")
