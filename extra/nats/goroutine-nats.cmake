# SPDX-License-Identifier: MIT
# find_package(goroutine COMPONENTS nats): goroutine::nats is the shared library, or the
# static one where only that was built; goroutine::nats_static is always the static.
include("${CMAKE_CURRENT_LIST_DIR}/goroutine-natsTargets.cmake")
if(NOT TARGET goroutine::nats)
  add_library(goroutine::nats ALIAS goroutine::nats_static)
endif()
