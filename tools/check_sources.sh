#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_sources.sh [SOURCE_DIR] - what can be said of a source by reading it:
# licence line, length, base names, leftovers.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 1
status=0

complain() {
    echo "$1"
    status=1
}

mapfile -t files < <(find . -path ./build -prune -o -path ./.git -prune -o -type f \
    \( -name '*.[chS]' -o -name '*.cpp' -o -name '*.go' -o -name '*.sh' -o -name '*.py' \
    -o -name '*.cmake' -o -name CMakeLists.txt -o -name dev -o -path './.ci/run' \) -print | sort)

# In one process: there are more than a thousand files.  A script's first line names its
# interpreter.
wrong=$(awk '
    function judge() {
        if (file == "") return
        if (!licensed) print file ": no SPDX-License-Identifier: MIT on top"
        if (lines >= 600) print file ": " lines " lines, 600 is the limit"
    }
    FNR == 1 { judge(); file = FILENAME; licensed = 0 }
    FNR <= 2 && /SPDX-License-Identifier: MIT/ { licensed = 1 }
    { lines = FNR }
    END { judge() }' "${files[@]}")
[ -z "$wrong" ] || complain "$wrong"

left=$(grep -nE '\b(TODO|FIXME|XXX|HACK)\b' "${files[@]}" |
    grep -v -e '^./tools/check_sources.sh:' -e 'context\.TODO\b')
[ -z "$left" ] || complain "$left"
blanks=$(grep -nE '[[:space:]]+$' "${files[@]}" | head -20)
[ -z "$blanks" ] || complain "trailing blanks:
$blanks"

# timer.c and timer.h are one; timer/heap.c and sched/heap.c would be two.
double=$(find src -name '*.[chS]' | sed -E 's,.*/(src/)?,,' | sort | uniq -d)
[ -z "$double" ] || complain "base names used twice under src: $double"
exit $status
