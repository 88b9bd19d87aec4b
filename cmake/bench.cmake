# SPDX-License-Identifier: MIT
# One program per file of bench/c/.

file(GLOB GO_BENCH_C CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/c/*.c)
add_custom_target(bench)
foreach(file IN LISTS GO_BENCH_C)
  get_filename_component(name ${file} NAME_WE)
  add_executable(bench_${name} ${file})
  target_link_libraries(bench_${name} PRIVATE goroutine::static go_warnings)
  target_compile_definitions(bench_${name} PRIVATE _GNU_SOURCE=)
  set_target_properties(
    bench_${name}
    PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench
               C_STANDARD 11 C_EXTENSIONS ON)
  add_dependencies(bench bench_${name})
endforeach()

if(NOT GO_EXAMPLES)
  add_custom_target(examples)
  add_subdirectory(${PROJECT_SOURCE_DIR}/examples/servers examples/servers)
endif()

# What loads the servers of examples/servers: plain programs, none of the library in them.
foreach(name load chatload backend)
  add_executable(bench_server_${name} ${PROJECT_SOURCE_DIR}/bench/servers/${name}.c
                                      ${PROJECT_SOURCE_DIR}/bench/servers/measure.c)
  target_link_libraries(bench_server_${name} PRIVATE go_warnings)
  target_compile_definitions(bench_server_${name} PRIVATE _GNU_SOURCE=)
  set_target_properties(
    bench_server_${name}
    PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench/servers
               C_STANDARD 11 C_EXTENSIONS ON)
endforeach()
