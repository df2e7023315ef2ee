# NVPROV::archive: libarchive, and what static libraries of this kind leave to others (NVPROV::compressions).
find_path(NVPROV_ARCHIVE_HEADERS archive.h REQUIRED)
find_library(NVPROV_ARCHIVE_LIBRARY archive REQUIRED)
add_library(NVPROV::archive INTERFACE IMPORTED)
target_include_directories(NVPROV::archive SYSTEM INTERFACE ${NVPROV_ARCHIVE_HEADERS})

find_package(LibLZMA)
find_library(NVPROV_ZSTD_LIBRARY zstd)
find_path(NVPROV_ZSTD_HEADERS zstd.h)
if(LIBLZMA_FOUND AND NVPROV_ZSTD_LIBRARY AND NVPROV_ZSTD_HEADERS)
  add_library(NVPROV::compressions INTERFACE IMPORTED)
  target_link_libraries(NVPROV::compressions INTERFACE LibLZMA::LibLZMA ${NVPROV_ZSTD_LIBRARY} ZLIB::ZLIB)
endif()

# Of the static library nothing is kept but what is called: its other formats would want libxml2 and more.
find_library(NVPROV_STATIC_ARCHIVE libarchive.a)
if(NVPROV_LEAN AND NVPROV_STATIC_ARCHIVE AND TARGET NVPROV::compressions)
  target_link_libraries(NVPROV::archive INTERFACE ${NVPROV_STATIC_ARCHIVE} NVPROV::compressions)
  target_link_options(NVPROV::archive INTERFACE LINKER:--gc-sections)
  file(STRINGS ${NVPROV_ARCHIVE_HEADERS}/archive.h NVPROV_ARCHIVE_VERSION REGEX "ARCHIVE_VERSION_ONLY_STRING \"")
  string(REGEX REPLACE ".*\"(.*)\"" "\\1" NVPROV_ARCHIVE_VERSION "${NVPROV_ARCHIVE_VERSION}")
else()
  target_link_libraries(NVPROV::archive INTERFACE ${NVPROV_ARCHIVE_LIBRARY})
endif()

if(NVPROV_STATIC)
  file(STRINGS ${NVPROV_ZSTD_HEADERS}/zstd.h zstd_numbers REGEX "define ZSTD_VERSION_(MAJOR|MINOR|RELEASE) +[0-9]+")
  string(REGEX REPLACE "[^0-9]+([0-9]+)[^0-9]+([0-9]+)[^0-9]+([0-9]+)$" "\\1.\\2.\\3" NVPROV_ZSTD_VERSION "${zstd_numbers}")
endif()
