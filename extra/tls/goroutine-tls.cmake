# SPDX-License-Identifier: MIT
# find_package(goroutine COMPONENTS tls): goroutine::tls is the shared library, or the
# static one where only that was built; goroutine::tls_static is always the static.
include(CMakeFindDependencyMacro)
find_dependency(OpenSSL 3.0)
include("${CMAKE_CURRENT_LIST_DIR}/goroutine-tlsTargets.cmake")
if(NOT TARGET goroutine::tls)
  add_library(goroutine::tls ALIAS goroutine::tls_static)
endif()
