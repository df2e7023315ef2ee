# The programs nvprov carries and runs (src/probes): without a C library, a few kB each. Their command lines are whole here:
# no flag of a preset, a sanitizer or a cross build fits them.
set(probe_folder ${CMAKE_BINARY_DIR}/probes)
file(MAKE_DIRECTORY ${probe_folder})
set(probe_command ${CMAKE_CXX_COMPILER} -std=c++20 -O2 -ffreestanding -fno-builtin -fno-exceptions -fno-rtti
  -fno-stack-protector -fno-asynchronous-unwind-tables -Wall -Wextra -Werror -I${CMAKE_SOURCE_DIR}/src -nostdlib
  -Wl,--build-id=none -Wl,-z,noseparate-code -s)

# nvprov_probe(OUTPUT SOURCE FLAGS...): FLAGS may name what is linked, on which it then depends.
function(nvprov_probe output source)
  set(libraries ${ARGN})
  list(FILTER libraries INCLUDE REGEX "^/")
  add_custom_command(
    OUTPUT ${probe_folder}/${output}
    COMMAND ${probe_command} ${CMAKE_SOURCE_DIR}/src/probes/${source} ${ARGN} -o ${probe_folder}/${output}
    DEPENDS ${CMAKE_SOURCE_DIR}/src/probes/${source} ${CMAKE_SOURCE_DIR}/src/probes/probe.hpp ${libraries}
    COMMENT "Building the probe ${output}")
endfunction()

nvprov_probe(libcuda.so.1 cuda_driver_stub.cpp -fPIC -shared -Wl,-soname,libcuda.so.1)
nvprov_probe(cuda_probe cuda_probe.cpp -fPIE -pie ${probe_folder}/libcuda.so.1)
nvprov_probe(container_probe container_probe.cpp -fno-pie -static)

set(carried_probes ${CMAKE_BINARY_DIR}/carried_probes.cpp)
add_custom_command(
  OUTPUT ${carried_probes}
  COMMAND ${CMAKE_COMMAND} -D OUTPUT=${carried_probes} -D CUDA=${probe_folder}/cuda_probe
    -D CONTAINER=${probe_folder}/container_probe -P ${CMAKE_SOURCE_DIR}/cmake/carry_probes.cmake
  DEPENDS ${probe_folder}/cuda_probe ${probe_folder}/container_probe ${CMAKE_SOURCE_DIR}/cmake/carry_probes.cmake
  COMMENT "Embedding the probes")
