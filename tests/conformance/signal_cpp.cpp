// SPDX-License-Identifier: MIT
// signal.h and process.h from C++.
#include "check.h"

#include <goroutine.h>
#include <goroutine/net.h>
#include <unistd.h>

int main()
{
    go_chan(int) c = go_make(int, 1);
    CHECK_EQ(go_signal_notify(c, SIGUSR1, SIGUSR2), 0);
    CHECK_EQ(kill(getpid(), SIGUSR2), 0);
    int sig = 0;
    CHECK(go_recv(c, &sig));
    CHECK_EQ(sig, SIGUSR2);
    CHECK_EQ(go_signal_ignore(SIGUSR2), 0);
    CHECK(go_signal_ignored(SIGUSR2));
    CHECK_EQ(go_signal_reset(), 0);
    CHECK(!go_signal_ignored(SIGUSR2));
    CHECK_EQ(go_signal_notify(c), 0);
    go_signal_stop(c);
    go_context *ctx = go_signal_context(go_context_background(), SIGUSR1);
    CHECK_EQ(kill(getpid(), SIGUSR1), 0);
    CHECK(!go_recv(go_context_done(ctx), nullptr));
    CHECK_EQ(go_context_cause(ctx), SIGUSR1);
    go_context_drop(ctx);
    go_drop(c);

    const char *argv[] = { "sh", "-c", "exit 7", nullptr };
    go_command command{};
    command.argv = const_cast<char **>(argv);
    go_process p;
    CHECK(go_process_start(&p, &command) > 0);
    int status;
    CHECK_EQ(go_process_wait(&p, &status), 0);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 7);
    go_process_drop(&p);
}
