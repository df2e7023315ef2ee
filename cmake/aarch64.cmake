# Toolchain of the portable file for aarch64: Debian's cross compiler, and the packages scripts/build-sysroot unpacked.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
get_filename_component(aarch64_folder ${CMAKE_CURRENT_LIST_DIR}/../build/aarch64 ABSOLUTE)
set(CMAKE_SYSROOT ${aarch64_folder}/sysroot)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# The cross compiler brings a glibc of its own, which gets no security updates: that of the packages goes first.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -B${CMAKE_SYSROOT}/usr/lib/aarch64-linux-gnu")
# Runs the catalog's compiler during the build, which is for aarch64 too.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static)

set(CMAKE_FIND_ROOT_PATH ${aarch64_folder}/curl/installed ${aarch64_folder}/libzstd/installed)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
