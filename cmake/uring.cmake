# SPDX-License-Identifier: MIT
# liburing, linked into the library so that its users need not have it: GO_URING_ARCHIVE
# is liburing.a, or empty.  Whether the kernel allows io_uring is found out at run time.

set(GO_URING AUTO CACHE STRING "io_uring for files by liburing: AUTO, ON or OFF")
set_property(CACHE GO_URING PROPERTY STRINGS AUTO ON OFF)

set(GO_URING_ARCHIVE "")
if(GO_URING STREQUAL "AUTO" OR GO_URING)
  find_library(GO_URING_FOUND liburing.a)
  if(GO_URING_FOUND)
    include(CheckCSourceCompiles)
    include(CMakePushCheckState)
    cmake_push_check_state(RESET)
    # As part of a shared library, and with all that is used of it (2.1).
    set(CMAKE_REQUIRED_FLAGS -fPIC)
    set(CMAKE_REQUIRED_LINK_OPTIONS -shared)
    set(CMAKE_REQUIRED_LIBRARIES ${GO_URING_FOUND})
    set(CMAKE_REQUIRED_DEFINITIONS -D_GNU_SOURCE)
    check_c_source_compiles(
      "#include <liburing.h>
       int start(struct io_uring *r, struct io_uring_params *p, unsigned *n)
       {
           return io_uring_queue_init_params(8, r, p) + io_uring_submit_and_wait(r, 1) +
                  io_uring_register_iowq_max_workers(r, n) +
                  io_uring_opcode_supported(io_uring_get_probe_ring(r), IORING_OP_OPENAT);
       }"
      GO_URING_WORKS)
    cmake_pop_check_state()
    if(GO_URING_WORKS)
      set(GO_URING_ARCHIVE ${GO_URING_FOUND})
    endif()
  endif()
  if(NOT GO_URING_ARCHIVE)
    if(GO_URING STREQUAL "AUTO")
      message(STATUS "No liburing.a: files are left to threads")
    else()
      message(FATAL_ERROR "GO_URING is ON, but there is no liburing.a that can be used")
    endif()
  endif()
endif()
