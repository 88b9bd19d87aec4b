/* SPDX-License-Identifier: MIT */
#include "sched/biased.h"
#include "sched/self.h"
#include "sched/types.h"

struct sched sched;

struct m m_none = { .revoked = R_ALIEN, .bias_tag = BIAS_NOBODY };
__thread struct m *go_tls_m_ __attribute__((tls_model("initial-exec"), visibility("hidden"))) =
    &m_none;

const char *wait_reason_text(enum wait_reason r)
{
    static const char *const text[WAIT_REASONS] = {
        [WAIT_NONE] = "",
        [WAIT_CHAN_RECV] = "chan receive",
        [WAIT_CHAN_RECV_NIL] = "chan receive (nil chan)",
        [WAIT_CHAN_SEND] = "chan send",
        [WAIT_CHAN_SEND_NIL] = "chan send (nil chan)",
        [WAIT_SELECT] = "select",
        [WAIT_SELECT_EMPTY] = "select (no cases)",
        [WAIT_SLEEP] = "sleep",
        [WAIT_MUTEX] = "sync.Mutex.Lock",
        [WAIT_RWMUTEX_R] = "sync.RWMutex.RLock",
        [WAIT_RWMUTEX_W] = "sync.RWMutex.Lock",
        [WAIT_WAITGROUP] = "sync.WaitGroup.Wait",
        [WAIT_COND] = "sync.Cond.Wait",
        [WAIT_ONCE] = "sync.Once.Do",
        [WAIT_SEMA] = "semacquire",
        [WAIT_LIMIT] = "goroutine limit",
        [WAIT_JOIN] = "goroutine join",
        [WAIT_IO] = "IO wait",
    };
    return text[r];
}
