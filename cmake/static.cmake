# One static program that needs nothing of the host: Debian's static libraries, and libcurl, libsolv, libarchive and zstd as
# scripts/build-curl and its like build them.
foreach(library curl/installed/lib/libcurl.a libsolv/installed/lib/libsolvext.a libarchive/installed/lib/libarchive.a
    libzstd/installed/lib/libzstd.a)
  if(NOT EXISTS ${NVPROV_BUILT}/${library})
    message(FATAL_ERROR "no ${library} in ${NVPROV_BUILT}: run scripts/release, which builds all of them")
  endif()
endforeach()

set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(OPENSSL_USE_STATIC_LIBS ON)
set(ZLIB_USE_STATIC_LIBS ON)
set(CURL_NO_CURL_CMAKE ON)
list(PREPEND CMAKE_PREFIX_PATH ${NVPROV_BUILT}/curl/installed ${NVPROV_BUILT}/libzstd/installed)

find_package(OpenSSL REQUIRED COMPONENTS SSL Crypto)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
find_package(CURL REQUIRED)
find_library(NVPROV_CARES_LIBRARY cares REQUIRED)
find_path(NVPROV_CARES_HEADERS ares_version.h REQUIRED)
set_property(TARGET CURL::libcurl APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS CURL_STATICLIB)
set_property(TARGET CURL::libcurl APPEND PROPERTY INTERFACE_LINK_LIBRARIES
  OpenSSL::SSL OpenSSL::Crypto ${NVPROV_CARES_LIBRARY} ZLIB::ZLIB)

# The versions found, for `nvprov --version --licenses`.
set(NVPROV_CURL_VERSION ${CURL_VERSION_STRING})
file(STRINGS ${NVPROV_CARES_HEADERS}/ares_version.h NVPROV_CARES_VERSION REGEX "ARES_VERSION_STR")
string(REGEX REPLACE ".*\"(.*)\"" "\\1" NVPROV_CARES_VERSION "${NVPROV_CARES_VERSION}")
file(STRINGS ${CMAKE_SYSROOT}/usr/include/features.h glibc_numbers REGEX "define[ \t]+__GLIBC(_MINOR)?__[ \t]+[0-9]+")
string(REGEX REPLACE "[^0-9]+([0-9]+)[^0-9]+([0-9]+)$" "\\1.\\2" NVPROV_GLIBC_VERSION "${glibc_numbers}")

set(NVPROV_FMT fmt::fmt-header-only)

# nvprov_static_program(TARGET): links everything in, and leaves out what nothing reaches. src/static_program.cpp says why
# some names lead elsewhere.
function(nvprov_static_program target)
  target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src/static_program.cpp)
  foreach(name dlopen getaddrinfo freeaddrinfo getnameinfo gethostbyname getservbyname getservbyport_r
      __register_frame_info __deregister_frame_info ossl_err_load_crypto_strings openssl_add_all_ciphers_int
      engine_load_afalg_int engine_load_dynamic_int engine_load_openssl_int engine_load_padlock_int)
    target_link_options(${target} PRIVATE -Wl,--wrap=${name})
  endforeach()
  target_link_options(${target} PRIVATE -Wl,-T,${CMAKE_SOURCE_DIR}/cmake/static.ld)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/static.ld)
  target_link_options(${target} PRIVATE -static -Wl,-z,noseparate-code -Wl,--eh-frame-hdr -Wl,--gc-sections -Wl,--fatal-warnings -s)
endfunction()
