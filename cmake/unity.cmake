# nvprov_by_folder(TARGET): where the preset asks for it, all files of a folder are compiled as one. That is least work for
# who compiles everything; who changes one file compiles less by the smaller groups that CMake makes by itself.
function(nvprov_by_folder target)
  if(NOT NVPROV_BY_FOLDER)
    return()
  endif()
  get_target_property(files ${target} SOURCES)
  foreach(file ${files})
    get_filename_component(folder ${file} DIRECTORY)
    string(MAKE_C_IDENTIFIER "${folder}" group)
    set_property(SOURCE ${file} PROPERTY UNITY_GROUP ${group})
  endforeach()
  set_property(TARGET ${target} PROPERTY UNITY_BUILD_MODE GROUP)
endfunction()
