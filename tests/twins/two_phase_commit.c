/* SPDX-License-Identifier: MIT */
/* A coordinator asks all to prepare; only if every one says yes do all commit. */
#include <goroutine.h>
#include <stdio.h>

enum { NODES = 4 };

enum kind { PREPARE, COMMIT, ABORT };

struct message {
    enum kind kind;
    int amount;
    go_chan(bool) reply;
};

static void node(int balance, go_chan(struct message) inbox, go_chan(int) final)
{
    int reserved = 0;
    go_range (m, inbox) {
        switch (m.kind) {
        case PREPARE:
            reserved = balance + m.amount >= 0 ? m.amount : 0;
            go_send(m.reply, balance + m.amount >= 0);
            break;
        case COMMIT:
            balance += reserved;
            go_send(m.reply, true);
            break;
        case ABORT:
            go_send(m.reply, true);
            break;
        }
    }
    go_send(final, balance);
}

/* tell sends everybody a message, and says whether all answered yes. */
static bool tell(go_chan(struct message) *nodes, enum kind kind, const int *amounts)
{
    bool all = true, yes;
    go_chan(bool) reply = go_make(bool, 0);
    for (int i = 0; i < NODES; i++)
        go_send(nodes[i], (struct message){ kind, amounts[i], reply });
    for (int i = 0; i < NODES; i++) {
        go_recv(reply, &yes);
        all = all && yes;
    }
    go_drop(reply);
    return all;
}

int main(void)
{
    static const int transactions[][NODES] = {
        { -30, 10, 10, 10 }, { 60, -20, -20, -20 }, { 0, -80, 80, 0 }, { -70, 0, 0, 70 }
    };
    go_chan(struct message) nodes[NODES];
    go_chan(int) final[NODES];
    for (int i = 0; i < NODES; i++) {
        nodes[i] = go_make(struct message, 0);
        final[i] = go_make(int, 0);
        go(node, 100 - i * 25, nodes[i], final[i]);
    }
    for (int t = 0; t < 4; t++) {
        bool all = tell(nodes, PREPARE, transactions[t]);
        tell(nodes, all ? COMMIT : ABORT, transactions[t]);
        printf("transaction %d %s\n", t, all ? "committed" : "aborted");
    }
    for (int i = 0; i < NODES; i++) {
        int balance;
        go_close(nodes[i]);
        go_recv(final[i], &balance);
        printf("node %d has %d\n", i, balance);
    }
}
