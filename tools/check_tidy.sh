#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_tidy.sh BUILD_DIR [JOBS] - clang-tidy over src/, as .clang-tidy says.
# BUILD_DIR has the compile_commands.json of a build by Clang.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1

find src -name '*.c' -print0 |
    xargs -0 -n 3 -P "${2:-2}" clang-tidy -p "$build" --quiet --warnings-as-errors='*' 2>&1 |
    grep -Ev '^([0-9]+ warnings? (generated|treated)|Suppressed|Use -header-filter)'
exit "${PIPESTATUS[1]}"
