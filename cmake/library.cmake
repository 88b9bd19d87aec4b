# SPDX-License-Identifier: MIT
# The library: compiled once, packed as
#   goroutine           libgoroutine.so, exports what the public headers mark GO_API
#   goroutine_static    libgoroutine.a, one object with the same exports
#   goroutine_whitebox  not installed, everything visible, for the unit tests

include(cmake/uring.cmake)

file(GLOB GO_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/*.c
     ${PROJECT_SOURCE_DIR}/src/*/*.S)

add_library(goroutine_objects OBJECT ${GO_SOURCES})
target_link_libraries(goroutine_objects PRIVATE go_internal go_warnings)
set_target_properties(
  goroutine_objects
  PROPERTIES POSITION_INDEPENDENT_CODE ON
             C_STANDARD 11
             C_EXTENSIONS ON
             C_VISIBILITY_PRESET hidden
             INTERPROCEDURAL_OPTIMIZATION OFF)
# The thread's own state is read at every runtime call: initial-exec makes that
# one load.  It also means that the library is loaded with the program, or takes
# its few bytes from libc's reserve when a plugin brings it in.
# -fno-lto: the static library is one relocatable object whose internal names
# are made local, which needs machine code.
target_compile_options(
  goroutine_objects PRIVATE -ftls-model=initial-exec -fno-semantic-interposition -fno-lto)

if(GO_URING_ARCHIVE)
  target_compile_definitions(go_internal INTERFACE GO_URING=1)
endif()

# C++ exceptions pass through the calls that these make.
set_source_files_properties(
  ${PROJECT_SOURCE_DIR}/src/sched/defer.c ${PROJECT_SOURCE_DIR}/src/sched/panic.c
  ${PROJECT_SOURCE_DIR}/src/sync/once.c ${PROJECT_SOURCE_DIR}/src/context/singleflight.c
  ${PROJECT_SOURCE_DIR}/src/map/core.c ${PROJECT_SOURCE_DIR}/src/map/grace.c
  ${PROJECT_SOURCE_DIR}/src/map/load.c ${PROJECT_SOURCE_DIR}/src/map/store.c
  ${PROJECT_SOURCE_DIR}/src/map/table.c PROPERTIES COMPILE_OPTIONS -fexceptions)

# go_library_interface - what a user of any of the three needs.
function(go_library_interface target)
  target_include_directories(
    ${target} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_options(${target} INTERFACE -pthread)
  # Not every C library has the compiler ask for the table that unwinding needs.
  target_link_options(${target} INTERFACE -pthread -Wl,--eh-frame-hdr)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)
endfunction()

# Both archives hold one object, so that all of the library comes with any part
# of it: some of it only announces itself to the rest when the program starts.
set(GO_WHOLE ${PROJECT_BINARY_DIR}/goroutine_whole.o)
add_custom_command(
  OUTPUT ${GO_WHOLE}
  COMMAND ${CMAKE_LINKER} -r -o ${GO_WHOLE} $<TARGET_OBJECTS:goroutine_objects>
          ${GO_URING_ARCHIVE}
  DEPENDS goroutine_objects $<TARGET_OBJECTS:goroutine_objects>
  COMMENT "Linking all objects into one"
  COMMAND_EXPAND_LISTS VERBATIM)
add_custom_target(goroutine_whole DEPENDS ${GO_WHOLE})

# goroutine_static.  Names such as park, ready and panic are the library's own;
# in a plain archive they would clash with a user's.  In one object, the hidden
# ones can be made local.  A sanitizer's sections do not survive that.
if(GO_SANITIZE)
  add_library(goroutine_static STATIC ${GO_WHOLE})
else()
  set(GO_LOCAL ${PROJECT_BINARY_DIR}/goroutine.o)
  add_custom_command(
    OUTPUT ${GO_LOCAL}
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden --wildcard --localize-symbol=*io_uring_*
            ${GO_WHOLE} ${GO_LOCAL}
    DEPENDS goroutine_whole ${GO_WHOLE}
    COMMENT "Making internal names local"
    VERBATIM)
  add_library(goroutine_static STATIC ${GO_LOCAL})
endif()
add_dependencies(goroutine_static goroutine_whole)
set_target_properties(goroutine_static PROPERTIES OUTPUT_NAME goroutine EXPORT_NAME static)
go_library_interface(goroutine_static)
target_link_libraries(goroutine_static INTERFACE ${CMAKE_DL_LIBS})
add_library(goroutine::static ALIAS goroutine_static)

if(GO_SHARED)
  add_library(goroutine SHARED $<TARGET_OBJECTS:goroutine_objects>)
  set_target_properties(goroutine PROPERTIES SOVERSION 0 VERSION ${PROJECT_VERSION})
  go_library_interface(goroutine)
  target_link_libraries(goroutine PRIVATE ${CMAKE_DL_LIBS} ${GO_URING_ARCHIVE})
  target_link_options(goroutine PRIVATE -Wl,--exclude-libs,liburing.a)
  # Its threads run its code for as long as the process lives: never unload it.
  target_link_options(goroutine PRIVATE -pthread -Wl,-Bsymbolic-functions -Wl,-z,nodelete)
  if(NOT GO_SANITIZE)
    target_link_options(goroutine PRIVATE -Wl,-z,defs)
  endif()
  add_library(goroutine::goroutine ALIAS goroutine)
else()
  add_library(goroutine::goroutine ALIAS goroutine_static)
endif()

if(GO_TESTS)
  add_library(goroutine_whitebox STATIC ${GO_WHOLE})
  add_dependencies(goroutine_whitebox goroutine_whole)
  go_library_interface(goroutine_whitebox)
  target_link_libraries(goroutine_whitebox INTERFACE ${CMAKE_DL_LIBS})
endif()
