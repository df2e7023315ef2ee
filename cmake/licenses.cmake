# nvprov_licenses(OUTPUT): writes the C++ that holds name, version, SPDX id and licence text of everything linked in, as
# third_party/licenses/components.json lists it. A version there is the name of the variable that says what was found; in
# "lean builds" it is empty where the distribution's shared library is taken.
function(nvprov_licenses output)
  set(folder ${CMAKE_SOURCE_DIR}/third_party/licenses)
  file(READ ${folder}/components.json list)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/components.json)
  string(JSON count LENGTH "${list}" components)
  math(EXPR last "${count} - 1")
  set(rows "")
  foreach(i RANGE ${last})
    foreach(field name version spdx in text)
      string(JSON ${field} GET "${list}" components ${i} ${field})
    endforeach()
    if(in STREQUAL "portable" AND NOT NVPROV_STATIC)
      continue()
    endif()
    set(found "${${version}}")
    if(in STREQUAL "lean builds" AND found STREQUAL "")
      continue()
    endif()
    if(found STREQUAL "")
      set(found unknown)
      message(WARNING "the version of ${name} is not known: ${version} is empty")
    endif()
    file(READ ${folder}/${text} words)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${text})
    string(APPEND rows "    {\"${name}\", \"${found}\", \"${spdx}\", R\"text(${words})text\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
// Made by cmake/licenses.cmake from third_party/licenses.
#include "cli/linked_components.hpp"

#pragma GCC diagnostic ignored "-Woverlength-strings"

namespace nvprov {
namespace {

constexpr LinkedComponent all_linked[] = {
@rows@};

}  // namespace

std::span<const LinkedComponent> linked_components() { return all_linked; }

}  // namespace nvprov
]])
endfunction()
