#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh LIBRARY PLAIN - with the library preloaded a program that uses goroutines parks,
# and one that does not is as it was: same output, same exit status, no thread more.
set -u
library=$1
plain=$2
dir=$(mktemp -d /tmp/go_posix.XXXXXX) || exit 1
trap 'rm -rf "$dir"' EXIT
status=0

complain() {
    echo "$*"
    status=1
}

without=$("$plain") && [ "$without" = blocked ] || complain "not preloaded: $without"
with=$(LD_PRELOAD=$library "$plain") && [ "$with" = parked ] || complain "preloaded: $with"

# same COMMAND... - the same with it as without.
same() {
    local a b
    "$@" >"$dir/a" 2>&1 </dev/null
    a=$?
    LD_PRELOAD=$library "$@" >"$dir/b" 2>&1 </dev/null
    b=$?
    [ $a = $b ] || complain "$1: exit status $b instead of $a"
    diff -u "$dir/a" "$dir/b" >"$dir/diff" || complain "$1: $(cat "$dir/diff")"
}

printf 'one\ntwo\nthree\n' >"$dir/text"
same ls -l /usr
same sort -r "$dir/text"
same cat "$dir/none"
same bash -c 'echo a | tr a b; (sleep 0.01; exit 3) & wait $!; echo $?
    { echo x; sleep 0.02; echo y; } | while read -r l; do echo "$l"; done; kill -TERM $$'
same timeout 0.05 sleep 10
same flock "$dir/text" echo locked
if command -v python3 >/dev/null; then
    cat >"$dir/program.py" <<'END'
import os, select, signal, socket, subprocess, threading, time
r, w = os.pipe()
timer = threading.Timer(0.02, lambda: os.write(w, b"x"))
timer.start()
print(select.select([r], [], [], 10), os.read(r, 1))
timer.join()
print(subprocess.run(["sh", "-c", "cat; exit 4"], input=b"text", capture_output=True))
s = socket.create_server(("127.0.0.1", 0))
def serve():
    c, _ = s.accept()
    c.sendall(c.recv(100) * 3)
    c.close()
t = threading.Thread(target=serve)
t.start()
c = socket.create_connection(s.getsockname())
c.settimeout(10)
c.sendall(b"hello")
print(c.recv(100), socket.getaddrinfo("127.0.0.1", 80)[0][4])
t.join()
lock = threading.RLock()
with lock, lock:
    time.sleep(0.01)
pid = os.fork()
if pid == 0:
    time.sleep(0.01)
    os._exit(5)
print(os.waitpid(pid, 0)[1], len(os.listdir("/proc/self/task")))
signal.signal(signal.SIGALRM, lambda *a: print("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.1)
END
    same python3 "$dir/program.py"
fi
command -v redis-cli >/dev/null && same redis-cli -s "$dir/none" ping
exit $status
