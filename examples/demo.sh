#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# demo.sh DIR - show the examples in DIR, each after a line that says what it is.
set -eu

dir=${1:?usage: demo.sh DIR}
second=${GO_DEMO_SECOND_MS:-400} # the seed programs' second, shortened

show() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

show "seed 1: a goroutine sends numbers, one a second (here $second ms); main ranges over the channel" \
    "$dir/seed1" "$second"
show "seed 2: three tasks at once, counting by the second; main gives them five and returns" \
    "$dir/seed2" "$second"
show "prime sieve: a chain of 100 goroutines, one for each prime" "$dir/sieve" 100
show "select with timeout: whichever comes first, but not for ever" "$dir/select_timeout"
show "a million live goroutines, each on a guarded stack of its own: time and memory" \
    "$dir/million" 1000000
