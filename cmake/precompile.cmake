# nvprov_precompile(TARGET [REUSE_FROM OTHER | HEADER...]): the headers most files include are read once for all of the
# target's files. Every file still includes what it uses: the release preset compiles without this.
function(nvprov_precompile target)
  if(NOT NVPROV_PRECOMPILE)
    return()
  endif()
  # A time in the file would keep ccache from knowing it again.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
  if("${ARGV1}" STREQUAL "REUSE_FROM")
    target_precompile_headers(${target} REUSE_FROM ${ARGV2})
  else()
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <variant> <vector>
      <fmt/format.h> <tl/expected.hpp>
      "${CMAKE_SOURCE_DIR}/src/base/json.hpp" "${CMAKE_SOURCE_DIR}/src/base/result.hpp"
      "${CMAKE_SOURCE_DIR}/src/base/version.hpp" "${CMAKE_SOURCE_DIR}/src/model/catalog.hpp"
      "${CMAKE_SOURCE_DIR}/src/model/facts.hpp" "${CMAKE_SOURCE_DIR}/src/model/plan.hpp" ${ARGN})
  endif()
endfunction()
