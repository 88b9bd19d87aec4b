# SPDX-License-Identifier: MIT
# cmake --install: headers, libraries, CMake package, goroutine.pc.

include(CMakePackageConfigHelpers)

set(GO_INSTALL_TARGETS goroutine_static)
if(GO_SHARED)
  list(APPEND GO_INSTALL_TARGETS goroutine)
endif()
install(
  TARGETS ${GO_INSTALL_TARGETS}
  EXPORT goroutineTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(GO_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/goroutine)
install(
  EXPORT goroutineTargets
  NAMESPACE goroutine::
  DESTINATION ${GO_PACKAGE_DIR})
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/goroutineConfig.cmake.in
  ${PROJECT_BINARY_DIR}/goroutineConfig.cmake INSTALL_DESTINATION ${GO_PACKAGE_DIR})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/goroutineConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/goroutineConfig.cmake
              ${PROJECT_BINARY_DIR}/goroutineConfigVersion.cmake DESTINATION ${GO_PACKAGE_DIR})

# The .pc file finds its prefix from where it lies, so that
# cmake --install --prefix, DESTDIR and a moved tree all work.
set(GO_PC_DIR ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(GO_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
  set(GO_PC_LIBDIR ${CMAKE_INSTALL_LIBDIR})
else()
  file(RELATIVE_PATH up /${GO_PC_DIR} /)
  string(REGEX REPLACE "/$" "" up "${up}")
  set(GO_PC_PREFIX "\${pcfiledir}/${up}")
  set(GO_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(GO_PC_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
else()
  set(GO_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(${PROJECT_SOURCE_DIR}/goroutine.pc.in ${PROJECT_BINARY_DIR}/goroutine.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/goroutine.pc DESTINATION ${GO_PC_DIR})
