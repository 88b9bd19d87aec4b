# SPDX-License-Identifier: MIT
# Flags, as two interface targets: go_warnings for all code of this project,
# go_internal for what goes into the library.

add_library(go_warnings INTERFACE)
target_compile_options(
  go_warnings
  INTERFACE
    -Wall -Wextra -Wshadow
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
    $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>
    $<$<BOOL:${GO_WERROR}>:-Werror>)

add_library(go_internal INTERFACE)
target_include_directories(
  go_internal INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
target_compile_features(go_internal INTERFACE c_std_11)
# Defined as empty, so that a source may define it again without a warning.
target_compile_definitions(go_internal INTERFACE $<$<COMPILE_LANGUAGE:C>:_GNU_SOURCE=>)
# Channels copy elements of any type through buffers of their own, and stacks
# are raw memory: strict aliasing buys nothing here.  Every frame has unwind
# information, so that a trace walks through the switch.
target_compile_options(
  go_internal INTERFACE -fno-strict-aliasing -fasynchronous-unwind-tables -pthread)

# What a sanitizer needs when compiling and linking, for every target of a
# build with GO_SANITIZE.
if(GO_SANITIZE STREQUAL "address")
  set(GO_SANITIZE_FLAGS -fsanitize=address -fno-omit-frame-pointer)
elseif(GO_SANITIZE STREQUAL "thread")
  set(GO_SANITIZE_FLAGS -fsanitize=thread -fno-omit-frame-pointer)
elseif(GO_SANITIZE STREQUAL "undefined")
  set(GO_SANITIZE_FLAGS -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(GO_SANITIZE)
  message(FATAL_ERROR "GO_SANITIZE is address, thread or undefined, not ${GO_SANITIZE}")
endif()
if(GO_SANITIZE)
  add_compile_options(${GO_SANITIZE_FLAGS})
  add_link_options(${GO_SANITIZE_FLAGS})
endif()
