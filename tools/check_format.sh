#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_format.sh [-i] - clang-format must have nothing to change; -i lets it.
set -u
cd "$(dirname "$0")/.." || exit 1

sources() {
    find include src extra tests examples bench \( -name '*.[ch]' -o -name '*.cpp' \) \
        ! -path 'tests/compile/*' -print0
}

if [ "${1:-}" = -i ]; then
    sources | xargs -0 clang-format -i
    exit
fi
differ=$(sources | xargs -0 clang-format --dry-run 2>&1 | sed -n 's/: warning: .*//p')
[ -z "$differ" ] && exit
echo "$differ" | head -n 20
echo "$(wc -l <<<"$differ") places are not as clang-format has them (./dev format)"
exit 1
