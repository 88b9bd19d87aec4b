#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh redis|postgres PROGRAM - start a server of its own in a temporary folder, run
# PROGRAM with SERVER_DIR naming the folder, where the server's socket is, and stop it.
#
# The kernel ends the server when this script is gone, however it ends (pdeathsig).
# 77: the server is not installed.
set -u
kind=$1
program=$2
dir=$(mktemp -d /tmp/go_posix.XXXXXX) || exit 1
server=""

finish() {
    if [ -n "$server" ]; then
        kill -s "$stop" "$server" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

skip() {
    echo "cannot run here: $*"
    exit 77
}

# until_ready COMMAND... - until the command succeeds, for as long as the server lives.
until_ready() {
    local round
    for ((round = 0; round < 600; round++)); do
        "$@" >/dev/null 2>&1 && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    echo "the server does not answer:"
    tail -20 "$dir/log"
    exit 1
}

# end_with_us SIGNAL COMMAND... - in the background; ended by SIGNAL when we are.
end_with_us() {
    stop=$1
    shift
    "${as[@]}" --pdeathsig "$stop" -- "$@" >"$dir/log" 2>&1 &
    server=$!
}

command -v setpriv >/dev/null || skip "no setpriv"
as=(setpriv)
case $kind in
redis)
    command -v redis-server >/dev/null || skip "no redis-server"
    end_with_us KILL redis-server --port 0 --unixsocket "$dir/socket" --save '' \
        --appendonly no --dir "$dir" --daemonize no --maxclients 2000 --tcp-backlog 1024
    until_ready redis-cli -s "$dir/socket" ping
    ;;
postgres)
    bin=""
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) ""; do
        [ -x "$bin/postgres" ] && [ -x "$bin/initdb" ] && break
    done
    [ -n "$bin" ] || skip "no PostgreSQL server"
    if [ "$(id -u)" = 0 ]; then # which it refuses to be
        id postgres >/dev/null 2>&1 || skip "no user postgres"
        chown postgres "$dir"
        as=(setpriv --reuid=postgres --regid=postgres --init-groups)
    fi
    if ! "${as[@]}" -- "$bin/initdb" -D "$dir/data" -A trust -U postgres --no-sync -E UTF8 \
        --locale=C >"$dir/log" 2>&1; then
        cat "$dir/log"
        exit 1
    fi
    end_with_us QUIT "$bin/postgres" -D "$dir/data" -k "$dir" -h '' -N 520 -B 32MB -F \
        -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off \
        -c dynamic_shared_memory_type=mmap
    until_ready "$bin/pg_isready" -h "$dir" -U postgres
    ;;
*)
    echo "run.sh: no such server: $kind" >&2
    exit 2
    ;;
esac

SERVER_DIR=$dir "$program"
