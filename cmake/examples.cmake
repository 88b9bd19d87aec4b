# SPDX-License-Identifier: MIT
# One program per file of examples/, linked with the shared library as a user's
# would be.  The tests run each of them.

file(GLOB GO_EXAMPLES_C CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.c)
# A compiler may be named without its language being enabled.
get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
if(CXX IN_LIST languages)
  file(GLOB more CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.cpp)
  list(APPEND GO_EXAMPLES_C ${more})
endif()
add_custom_target(examples)
foreach(file IN LISTS GO_EXAMPLES_C)
  get_filename_component(name ${file} NAME_WE)
  add_executable(example_${name} ${file})
  target_link_libraries(example_${name} PRIVATE goroutine::goroutine go_warnings)
  set_target_properties(
    example_${name}
    PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/examples
               C_STANDARD 11 C_EXTENSIONS ON CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)
  add_dependencies(examples example_${name})
endforeach()

add_subdirectory(${PROJECT_SOURCE_DIR}/examples/servers examples/servers)
