# NVPROV::solv: libsolv and its readers of repositories. Its headers count as the system's, so that our warnings are not
# about them.
find_path(NVPROV_SOLV_HEADERS solv/solver.h REQUIRED)
find_library(NVPROV_SOLVEXT_LIBRARY solvext REQUIRED)
find_library(NVPROV_SOLV_LIBRARY solv REQUIRED)
add_library(NVPROV::solv INTERFACE IMPORTED)
target_include_directories(NVPROV::solv SYSTEM INTERFACE ${NVPROV_SOLV_HEADERS})
# A member of one of its structs is else called `requires`, which C++20 has for itself.
target_compile_definitions(NVPROV::solv INTERFACE LIBSOLV_SOLVABLE_PREPEND_DEP)
target_link_libraries(NVPROV::solv INTERFACE ${NVPROV_SOLVEXT_LIBRARY} ${NVPROV_SOLV_LIBRARY})
