#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run_chaos.sh COMMAND... - run a test with the scheduler misbehaving.
#
# GO_CHAOS_SEED chooses the seed, GO_CHAOS_ROUNDS how many seeds to try; a
# failure prints the command that repeats it.
set -u

rounds=${GO_CHAOS_ROUNDS:-1}
for ((i = 0; i < rounds; i++)); do
    seed=${GO_CHAOS_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
    GO_DEBUG=chaos=$seed "$@"
    status=$?
    if [ $status != 0 ]; then
        [ $status = 77 ] || echo "exit status $status; again: GO_DEBUG=chaos=$seed $*"
        exit $status
    fi
done
