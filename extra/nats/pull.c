/* SPDX-License-Identifier: MIT */
/* Consumers: a subscription to an inbox of its own, and a pump that asks for more.
 *
 * One request counts at a time.  It asks for a batch, and is over when so many messages
 * have come, or a status message with its number tells that no more will.  The next one is
 * sent when it is over and the pump has nothing left to put on the channel: that is the
 * back-pressure, and why nothing is dropped.  What can be lost, the request, its status
 * or the server itself, is made good by asking again: at once after a reconnect, else
 * when the request must have expired.  Then more may come than was asked for once, which
 * does no harm.
 */
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_BATCH 64
#define EXPIRES       (5 * GO_SECOND)
#define GRACE         GO_SECOND              /* for its status to come */
#define PAUSE         (250 * GO_MILLISECOND) /* after a refusal */

bool gn_pull_due(go_nats_sub *s)
{
    return s->pull && go_now() >= s->pull->ask_at;
}

/* On the pump, without the lock. */
void gn_pull_ask(go_nats_sub *s)
{
    struct pull *p = s->pull;
    char reply[INBOX_MAX + 24], text[96];
    go_mutex_lock(&s->lock);
    p->number++;
    p->outstanding = p->batch;
    p->ask_at = go_now() + EXPIRES + GRACE;
    snprintf(reply, sizeof reply, "%s.%" PRIu64, p->inbox, p->number);
    go_mutex_unlock(&s->lock);
    int n =
        snprintf(text, sizeof text, "{\"batch\":%d,\"expires\":%" PRId64 "}", p->batch, EXPIRES);
    if (gn_write(s->nc, p->ask_subject, reply, text, (size_t)n, NULL) != 0) {
        go_mutex_lock(&s->lock); /* no room while there is no server, or closed */
        p->ask_at = go_now() + PAUSE;
        go_mutex_unlock(&s->lock);
    }
}

void gn_pull_again(go_nats_sub *s)
{
    s->pull->outstanding = 0;
    s->pull->ask_at = 0;
    go_cond_signal(&s->more);
}

void gn_pull_came(go_nats_sub *s)
{
    struct pull *p = s->pull;
    p->complained = false;
    if (p->outstanding > 0 && --p->outstanding == 0)
        gn_pull_again(s);
}

/* A refusal that no asking again will change. */
static bool for_good(int status, const char *text)
{
    return status == 400 || (status == 409 && strstr(text, "Consumer Deleted"));
}

bool gn_pull_takes(go_nats_sub *s, natsMsg *msg)
{
    struct pull *p = s->pull;
    const char *subject = natsMsg_GetSubject(msg), *text;
    size_t n = strlen(p->inbox);
    if (strncmp(subject, p->inbox, n) != 0)
        return false; /* a message comes under its own subject */
    int status = gn_status(msg, &text);
    bool complain = false;
    if (status == 0 || status == 100)
        return true;
    go_mutex_lock(&s->lock);
    if (strtoull(subject + n + 1, NULL, 10) == p->number) {
        p->outstanding = 0;
        p->ask_at = 0;
        if (status != 408 && status != 404) {
            p->ask_at = go_now() + PAUSE;
            s->refused = for_good(status, text);
            complain = s->refused || !p->complained;
            p->complained = true;
        }
        go_cond_signal(&s->more);
    }
    go_mutex_unlock(&s->lock);
    if (complain)
        gn_event(s->nc, GO_NATS_ERROR, status == 503 ? -EHOSTUNREACH : -EPROTO,
                 *text ? text : "nobody answers for the consumer");
    return true;
}

void gn_pull_free(struct pull *p)
{
    if (p)
        free(p->ask_subject);
    free(p);
}
