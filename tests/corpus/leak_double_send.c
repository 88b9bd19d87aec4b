/* SPDX-License-Identifier: MIT */
/* Pattern: on the error path a function reports the error and goes on to report a
 * result as well; its caller takes one message.
 * Report: the function, in its second send. */
#include "corpus.h"

struct outcome {
    int err, value;
};

static void load(int err, go_chan(struct outcome) out)
{
    if (err)
        go_send(out, ((struct outcome){ .err = err })); /* and no return */
    go_send(out, ((struct outcome){ .value = 7 }));
}

static corpus_part int load_one(int err)
{
    struct outcome o;
    go_chan(struct outcome) out = go_make(struct outcome, 0);
    go(load, err, out);
    go_recv(out, &o);
    return o.err ? o.err : o.value;
}

int main(void)
{
    if (load_one(0) != 7 || load_one(-EIO) != -EIO)
        return 1;
    corpus_leaks(1);
}
