#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_bench.sh [SOURCE_DIR] - the arithmetic of the benchmarks' driver; and its lists of
# what is measured fit the programs that there are.
cd "${1:-$(dirname "$0")/..}" || exit 1
exec python3 -B bench/driver/test_driver.py
