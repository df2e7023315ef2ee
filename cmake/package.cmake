# What `cpack -G DEB` and `cpack -G RPM` make of everything install() puts in place; scripts/package calls them.
# cmake/package_contents.cmake gives each format the documents it wants, packaging/ has what runs at removal.
set(NVPROV_PACKAGE_REVISION 1 CACHE STRING "The package's own revision, for a package made anew of the same sources")
set(NVPROV_PACKAGER "nvprov maintainers <maintainers@nvprov.invalid>" CACHE STRING
  "Who answers for the package: NAME <ADDRESS>")

# A package fits the release whose libraries it was linked to, so its version names that: deb12, ubuntu24.04.
cmake_host_system_information(RESULT built_on QUERY DISTRIB_INFO)
set(release "${built_on_VERSION_ID}")
if(release STREQUAL "")
  set(release "${built_on_VERSION_CODENAME}")
endif()
string(REGEX REPLACE "^debian$" "deb" built_on_name "${built_on_ID}")
string(REGEX REPLACE "[^A-Za-z0-9.]" "" built_on_name "${built_on_name}${release}")

set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME nvprov)
set(CPACK_PACKAGE_VENDOR nvprov)
set(CPACK_PACKAGE_CONTACT "${NVPROV_PACKAGER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "plan and install NVIDIA's driver stack")
set(CPACK_PACKAGE_DESCRIPTION "\
nvprov brings a Linux host to the smallest correct NVIDIA software stack and
tells beforehand exactly what it will do. It looks at the machine, chooses a
driver that serves all of its GPUs, lists every file and package with version,
origin and size, and does just that through the host's own package manager.
.
There is no daemon, and nothing is sent anywhere. The driver itself is not in
this package and has its own licence.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_RELOCATABLE OFF)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/package_contents.cmake)
set(CPACK_NVPROV_SOURCE ${CMAKE_SOURCE_DIR})
set(CPACK_NVPROV_REVISION ${NVPROV_PACKAGE_REVISION})
set(CPACK_NVPROV_SUITE "${built_on_VERSION_CODENAME}")

# Its libraries are found by dpkg-shlibdeps. What nvprov runs is Essential, but for apt, which brings what it checks
# signatures with (gpgv or sqv, by release).
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${NVPROV_PACKAGE_REVISION}~${built_on_name}")
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS apt)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# Its libraries are found by rpm. The programs are named by path where releases have them in different packages.
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_RELEASE "${NVPROV_PACKAGE_REVISION}%{?dist}%{!?dist:.${built_on_name}}")
set(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0 AND MIT AND BSD-3-Clause AND CC0-1.0")
if(NVPROV_ARCHIVE_VERSION)
  string(APPEND CPACK_RPM_PACKAGE_LICENSE " AND BSD-2-Clause")
endif()
set(CPACK_RPM_PACKAGE_GROUP "System Environment/Base")
string(REPLACE "\n.\n" "\n\n" CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_RPM_PACKAGE_REQUIRES "/usr/bin/dnf, /usr/bin/rpm, /usr/bin/unshare, coreutils")
set(CPACK_RPM_SPEC_MORE_DEFINE "Packager: ${NVPROV_PACKAGER}\nRecommends: ca-certificates\n%define _build_id_links none")
set(CPACK_RPM_CHANGELOG_FILE ${CMAKE_BINARY_DIR}/rpm-changelog)
set(CPACK_RPM_POST_UNINSTALL_SCRIPT_FILE ${CMAKE_SOURCE_DIR}/packaging/postun)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/licenses /usr/share/man /usr/share/man/man1)
set(CPACK_RPM_USER_FILELIST "%license /usr/share/licenses/nvprov/LICENSE"
  "%license /usr/share/licenses/nvprov/LICENSES.components")

include(CPack)
