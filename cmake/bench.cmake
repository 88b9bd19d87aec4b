# SPDX-License-Identifier: MIT
# The benchmarks: one program per file of bench/c/, and of bench/SIDE/ for each peer that is
# written in C or C++ and installed.  Go's and Rust's are built by bench/driver.

add_custom_target(bench)

# The servers of the examples are measured, too; and the peers' parse HTTP as ours does.
if(NOT GO_EXAMPLES)
  add_custom_target(examples)
  add_subdirectory(${PROJECT_SOURCE_DIR}/examples/servers examples/servers)
endif()

# go_bench_programs - side's programs, linked with the libraries that follow, into folder.
# A file whose name begins with http needs llhttp.
function(go_bench_programs side suffix folder)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/${side}/*.${suffix})
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    set(target bench_${side}_${name})
    set(parser "")
    if(name MATCHES "^http")
      set(parser go_llhttp)
      if(NOT TARGET go_llhttp)
        message(STATUS "Not measured, no llhttp: bench/${side}/${name}")
        continue()
      endif()
    endif()
    add_executable(${target} ${file})
    target_link_libraries(${target} PRIVATE ${parser} ${ARGN} go_warnings)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/bench/c)
    target_compile_definitions(${target} PRIVATE $<$<COMPILE_LANGUAGE:C>:_GNU_SOURCE=>)
    set_target_properties(
      ${target}
      PROPERTIES OUTPUT_NAME ${name}
                 RUNTIME_OUTPUT_DIRECTORY ${folder}
                 C_STANDARD 11
                 C_EXTENSIONS ON
                 CXX_STANDARD 17
                 CXX_STANDARD_REQUIRED ON)
    add_dependencies(bench ${target})
  endforeach()
endfunction()

go_bench_programs(c c ${PROJECT_BINARY_DIR}/bench goroutine::static)

find_package(Threads REQUIRED)
go_bench_programs(pthread c ${PROJECT_BINARY_DIR}/bench/pthread Threads::Threads)

# Archives, for the library under test is one too.
find_path(GO_BENCH_ST_INCLUDE st.h)
find_library(GO_BENCH_ST libst.a)
if(GO_BENCH_ST_INCLUDE AND GO_BENCH_ST)
  # Its assembly does not say that it needs no executable stack.
  go_bench_programs(st c ${PROJECT_BINARY_DIR}/bench/st ${GO_BENCH_ST} -Wl,-z,noexecstack)
else()
  message(STATUS "Not measured, no State Threads (libst-dev): bench/st")
endif()

include(CheckLanguage)
check_language(CXX)
if(CMAKE_CXX_COMPILER)
  enable_language(CXX)
  set(Boost_USE_STATIC_LIBS ON)
  find_package(Boost QUIET COMPONENTS fiber)
endif()
if(Boost_FIBER_FOUND)
  go_bench_programs(fiber cpp ${PROJECT_BINARY_DIR}/bench/fiber Boost::fiber Threads::Threads)
else()
  message(STATUS "Not measured, no C++ or no Boost.Fiber (libboost-fiber-dev): bench/fiber")
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
