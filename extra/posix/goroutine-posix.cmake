# SPDX-License-Identifier: MIT
# find_package(goroutine COMPONENTS posix): goroutine::posix is the shared library, or the
# static one where only that was built; goroutine::posix_static is always the static.
include("${CMAKE_CURRENT_LIST_DIR}/goroutine-posixTargets.cmake")
if(NOT TARGET goroutine::posix)
  add_library(goroutine::posix ALIAS goroutine::posix_static)
endif()
