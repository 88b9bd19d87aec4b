#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_format.sh [-i] - clang-format must have nothing to change; -i lets it.
set -u
cd "$(dirname "$0")/.." || exit 1

find include src tests examples bench \( -name '*.[ch]' -o -name '*.cpp' \) \
    ! -path 'tests/compile/*' -print0 |
    if [ "${1:-}" = -i ]; then
        xargs -0 clang-format -i
    else
        xargs -0 clang-format --dry-run -Werror
    fi
