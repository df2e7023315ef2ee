# Warnings and sanitizers every target shares.
include(CheckLinkerFlag)

# Without NVPROV_SANITIZE_POINTERS, UndefinedBehaviorSanitizer's checks of each pointer (null, alignment) are left out:
# they are a sixth of the build, and AddressSanitizer reports a null pointer that is followed.
function(nvprov_warnings target)
  target_compile_options(${target} INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
  if(NVPROV_WERROR)
    target_compile_options(${target} INTERFACE -Werror)
  endif()
  if(NVPROV_SANITIZE)
    target_compile_options(${target} INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(NOT NVPROV_SANITIZE_POINTERS)
      target_compile_options(${target} INTERFACE -fno-sanitize=null,alignment)
    endif()
    target_link_options(${target} INTERFACE -fsanitize=address,undefined)
  endif()
  # The faster linker where it is there: programs full of debug information and sanitizers take seconds to link.
  check_linker_flag(CXX -fuse-ld=lld NVPROV_HAS_LLD)
  if(NVPROV_TESTS AND NVPROV_HAS_LLD)
    target_link_options(${target} INTERFACE -fuse-ld=lld)
  endif()
endfunction()
