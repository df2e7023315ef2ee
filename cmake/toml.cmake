# NVPROV::toml: toml++, whose headers are all of it.
find_path(NVPROV_TOML_HEADERS toml++/toml.h REQUIRED)
add_library(NVPROV::toml INTERFACE IMPORTED)
target_include_directories(NVPROV::toml SYSTEM INTERFACE ${NVPROV_TOML_HEADERS})
find_file(toml_version_header NAMES version.h version.hpp PATHS ${NVPROV_TOML_HEADERS}/toml++/impl NO_DEFAULT_PATH NO_CACHE REQUIRED)
file(STRINGS ${toml_version_header} toml_numbers REGEX "define TOML_LIB_(MAJOR|MINOR|PATCH) +[0-9]+")
string(REGEX REPLACE "[^0-9]+([0-9]+)[^0-9]+([0-9]+)[^0-9]+([0-9]+)$" "\\1.\\2.\\3" NVPROV_TOML_VERSION "${toml_numbers}")
