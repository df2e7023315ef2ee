# One static program that needs nothing of the host: Debian's static libraries and the libcurl of scripts/build-curl.
set(NVPROV_CURL "${CMAKE_SOURCE_DIR}/build/curl/installed" CACHE PATH "Where scripts/build-curl installed libcurl")
if(NOT EXISTS ${NVPROV_CURL}/lib/libcurl.a)
  message(FATAL_ERROR "no libcurl.a in ${NVPROV_CURL}: run scripts/build-curl, or scripts/release, which does all")
endif()

set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(OPENSSL_USE_STATIC_LIBS ON)
set(ZLIB_USE_STATIC_LIBS ON)
set(CURL_NO_CURL_CMAKE ON)
list(PREPEND CMAKE_PREFIX_PATH ${NVPROV_CURL})

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
  target_sources(${target} PRIVATE src/static_program.cpp)
  foreach(name dlopen getaddrinfo freeaddrinfo getnameinfo gethostbyname getservbyname getservbyport_r
      __register_frame_info __deregister_frame_info)
    target_link_options(${target} PRIVATE -Wl,--wrap=${name})
  endforeach()
  target_link_options(${target} PRIVATE -static -Wl,--eh-frame-hdr -Wl,--gc-sections -Wl,--fatal-warnings -s)
endfunction()
