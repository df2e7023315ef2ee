# Run by cpack between install() and the making of a package: the documents each format wants where it wants them, manual
# pages compressed, and the same modes whatever the umask. Dates honour SOURCE_DATE_EPOCH.
set(usr ${CPACK_TEMPORARY_DIRECTORY}/usr)
set(documents ${usr}/share/doc/nvprov)

function(compress file)
  execute_process(COMMAND gzip -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# A link leads to another page, which is compressed too.
file(GLOB_RECURSE pages ${usr}/share/man/*.[1-9])
foreach(page IN LISTS pages)
  if(IS_SYMLINK ${page})
    file(READ_SYMLINK ${page} target)
    file(REMOVE ${page})
    file(CREATE_LINK ${target}.gz ${page}.gz SYMBOLIC)
  else()
    compress(${page})
  endif()
endforeach()

execute_process(COMMAND ${usr}/bin/nvprov --version --licenses OUTPUT_VARIABLE components COMMAND_ERROR_IS_FATAL ANY)

if(CPACK_GENERATOR STREQUAL "DEB")
  # Debian's zsh looks there and not in site-functions.
  file(MAKE_DIRECTORY ${usr}/share/zsh/vendor-completions)
  file(RENAME ${usr}/share/zsh/site-functions/_nvprov ${usr}/share/zsh/vendor-completions/_nvprov)
  file(REMOVE_RECURSE ${usr}/share/zsh/site-functions)
  file(WRITE ${documents}/copyright "\
nvprov is licensed under the Apache License, Version 2.0. On Debian systems its
text is in /usr/share/common-licenses/Apache-2.0.

Copyright: the authors of nvprov

The program has parts of other works compiled in. Their copyright notices and
licences follow, as `nvprov --version --licenses` prints them.

${components}")
  string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
  file(WRITE ${documents}/changelog.Debian "\
nvprov (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) ${CPACK_NVPROV_SUITE}; urgency=medium

  * Built from the sources of ${CPACK_PACKAGE_VERSION}; changelog.gz says what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")
  file(RENAME ${documents}/CHANGELOG.md ${documents}/changelog)
  file(REMOVE ${documents}/LICENSE)
  configure_file(${CPACK_NVPROV_SOURCE}/packaging/lintian-overrides ${usr}/share/lintian/overrides/nvprov COPYONLY)
  compress(${documents}/changelog)
  compress(${documents}/changelog.Debian)
else()
  file(MAKE_DIRECTORY ${usr}/share/licenses/nvprov)
  file(RENAME ${documents}/LICENSE ${usr}/share/licenses/nvprov/LICENSE)
  file(WRITE ${usr}/share/licenses/nvprov/LICENSES.components "${components}")
  string(TIMESTAMP today "%a %b %d %Y" UTC)
  file(WRITE ${CPACK_RPM_CHANGELOG_FILE} "\
* ${today} ${CPACK_PACKAGE_CONTACT} - ${CPACK_PACKAGE_VERSION}-${CPACK_NVPROV_REVISION}
- Built from the sources of ${CPACK_PACKAGE_VERSION}; CHANGELOG.md says what is new
")
endif()

file(CHMOD_RECURSE ${usr}
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
  DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
file(CHMOD ${usr}/bin/nvprov
  PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
