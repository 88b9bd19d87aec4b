# SPDX-License-Identifier: MIT
# How a library in extra/ is built from the sources of its folder, and installed.

# go_extra_library - libgoroutine-NAME:
#   goroutine_NAME_static   libgoroutine-NAME.a, installed as goroutine::NAME_static
#   goroutine_NAME          libgoroutine-NAME.so, installed as goroutine::NAME; with
#                           GO_SHARED, else that is another name of the static one
# INCLUDE folders and OPTIONS are for its own sources, USES what the shared library links,
# STATIC_USES what a program has to link with the archive.
function(go_extra_library name)
  cmake_parse_arguments(extra "" "" "INCLUDE;OPTIONS;USES;STATIC_USES" ${ARGN})
  set(target goroutine_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  add_library(${target}_objects OBJECT ${sources})
  target_link_libraries(${target}_objects PRIVATE go_warnings)
  target_include_directories(${target}_objects PRIVATE ${PROJECT_SOURCE_DIR}/include
                                                       ${extra_INCLUDE})
  target_compile_definitions(${target}_objects PRIVATE _GNU_SOURCE=)
  target_compile_options(${target}_objects PRIVATE -pthread ${extra_OPTIONS})
  set_target_properties(
    ${target}_objects
    PROPERTIES POSITION_INDEPENDENT_CODE ON C_STANDARD 11 C_EXTENSIONS ON
               C_VISIBILITY_PRESET hidden)

  # One object: all of it comes with any part, and only what the header declares is
  # visible, in the archive too.
  set(whole ${CMAKE_CURRENT_BINARY_DIR}/${target}.o)
  set(hide "")
  if(NOT GO_SANITIZE)
    set(hide COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${whole})
  endif()
  add_custom_command(
    OUTPUT ${whole}
    COMMAND ${CMAKE_LINKER} -r -o ${whole} $<TARGET_OBJECTS:${target}_objects>
    ${hide}
    DEPENDS ${target}_objects $<TARGET_OBJECTS:${target}_objects>
    COMMENT "Linking the objects of libgoroutine-${name} into one"
    COMMAND_EXPAND_LISTS VERBATIM)
  add_library(${target}_static STATIC ${whole})
  set_target_properties(
    ${target}_static PROPERTIES OUTPUT_NAME goroutine-${name} EXPORT_NAME ${name}_static
                                LINKER_LANGUAGE C)
  target_link_libraries(${target}_static INTERFACE goroutine_static ${extra_STATIC_USES})
  add_library(goroutine::${name}_static ALIAS ${target}_static)
  set(targets ${target}_static)

  if(GO_SHARED)
    add_library(${target} SHARED $<TARGET_OBJECTS:${target}_objects>)
    set_target_properties(
      ${target} PROPERTIES OUTPUT_NAME goroutine-${name} EXPORT_NAME ${name} SOVERSION 0
                           VERSION ${PROJECT_VERSION} LINKER_LANGUAGE C)
    target_link_libraries(
      ${target}
      PUBLIC goroutine
      PRIVATE ${extra_USES})
    if(NOT GO_SANITIZE)
      target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
    add_library(goroutine::${name} ALIAS ${target})
    list(APPEND targets ${target})
  else()
    add_library(goroutine::${name} ALIAS ${target}_static)
  endif()

  if(GO_INSTALL)
    set(dir ${CMAKE_INSTALL_LIBDIR}/cmake/goroutine)
    install(
      TARGETS ${targets}
      EXPORT goroutine-${name}Targets
      LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(
      EXPORT goroutine-${name}Targets
      NAMESPACE goroutine::
      DESTINATION ${dir})
    install(FILES goroutine-${name}.cmake DESTINATION ${dir})
    configure_file(goroutine-${name}.pc.in goroutine-${name}.pc @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/goroutine-${name}.pc
            DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  endif()
endfunction()
