# NVPROV::solv: libsolv and its readers of repositories.
set(NVPROV_BUILT "${CMAKE_SOURCE_DIR}/build" CACHE PATH "Where scripts/build-curl and its like build")
set(libsolv ${NVPROV_BUILT}/libsolv/installed)
find_package(EXPAT REQUIRED)
add_library(NVPROV::solv INTERFACE IMPORTED)
# A member of one of its structs is else called `requires`, which C++20 has for itself.
target_compile_definitions(NVPROV::solv INTERFACE LIBSOLV_SOLVABLE_PREPEND_DEP)

# Its headers count as the system's, so that our warnings are not about them.
if(NVPROV_LEAN AND EXISTS ${libsolv}/lib/libsolvext.a AND TARGET NVPROV::compressions)
  target_include_directories(NVPROV::solv SYSTEM INTERFACE ${libsolv}/include)
  target_link_libraries(NVPROV::solv INTERFACE
    ${libsolv}/lib/libsolvext.a ${libsolv}/lib/libsolv.a EXPAT::EXPAT NVPROV::compressions)
  file(STRINGS ${libsolv}/include/solv/solvversion.h NVPROV_SOLV_VERSION REGEX "LIBSOLV_VERSION_STRING")
  string(REGEX REPLACE ".*\"(.*)\"" "\\1" NVPROV_SOLV_VERSION "${NVPROV_SOLV_VERSION}")
else()
  find_path(NVPROV_SOLV_HEADERS solv/solver.h REQUIRED)
  find_library(NVPROV_SOLVEXT_LIBRARY solvext REQUIRED)
  find_library(NVPROV_SOLV_LIBRARY solv REQUIRED)
  target_include_directories(NVPROV::solv SYSTEM INTERFACE ${NVPROV_SOLV_HEADERS})
  target_link_libraries(NVPROV::solv INTERFACE ${NVPROV_SOLVEXT_LIBRARY} ${NVPROV_SOLV_LIBRARY})
endif()
