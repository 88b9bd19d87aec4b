/* SPDX-License-Identifier: MIT */
/* A generator that recurses: it stands still deep inside, in the middle of its
 * loops, whenever nobody asks for more. */
#include <goroutine.h>
#include <stdio.h>

enum { N = 5 };

struct permutation {
    char letters[N + 1];
};

static bool generate(struct permutation *p, int k, go_chan(struct permutation) out,
                     go_chan(char) stop)
{
    if (k == N)
        return go_select(go_on_send(out, *p), go_on_recv(stop, NULL)) == 0;
    for (int i = k; i < N; i++) {
        char c = p->letters[i]; /* the rest keeps its order */
        for (int j = i; j > k; j--)
            p->letters[j] = p->letters[j - 1];
        p->letters[k] = c;
        if (!generate(p, k + 1, out, stop))
            return false;
        for (int j = k; j < i; j++)
            p->letters[j] = p->letters[j + 1];
        p->letters[i] = c;
    }
    return true;
}

static void start(go_chan(struct permutation) out, go_chan(char) stop, go_chan(bool) complete)
{
    struct permutation p = { "abcde" };
    bool all = generate(&p, 0, out, stop);
    go_close(out);
    go_send(complete, all);
}

static void list(int wanted)
{
    go_chan(struct permutation) out = go_make(struct permutation, 0);
    go_chan(char) stop = go_make(char, 0);
    go_chan(bool) complete = go_make(bool, 0);
    go(start, out, stop, complete);
    int n = 0;
    bool all;
    go_range (p, out) {
        if (++n % 10 == 1)
            printf("%d: %s\n", n, p.letters);
        if (n == wanted)
            break;
    }
    go_close(stop);
    go_recv(complete, &all);
    printf("%d of them, complete: %s\n", n, all ? "true" : "false");
    go_drop(out);
    go_drop(stop);
    go_drop(complete);
}

int main(void)
{
    list(33);
    list(1000);
}
