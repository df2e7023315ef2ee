# NVPROV::yaml: libyaml, which reads what repositories say of module streams.
find_path(NVPROV_YAML_HEADERS yaml.h REQUIRED)
find_library(NVPROV_YAML_LIBRARY yaml REQUIRED)
add_library(NVPROV::yaml INTERFACE IMPORTED)
target_include_directories(NVPROV::yaml SYSTEM INTERFACE ${NVPROV_YAML_HEADERS})
target_link_libraries(NVPROV::yaml INTERFACE ${NVPROV_YAML_LIBRARY})
