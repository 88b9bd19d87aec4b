/* SPDX-License-Identifier: MIT */
/* Four goroutines, one for each kind of answer, take turns with one counter. */
#include <goroutine.h>
#include <stdio.h>

enum { LAST = 20 };

static go_mutex mu;
static go_cond turn;
static int n = 1; /* mu */

static bool mine(int who)
{
    return who == (n % 3 == 0) + 2 * (n % 5 == 0);
}

static void player(int who, const char *word)
{
    go_mutex_lock(&mu);
    for (;;) {
        while (n <= LAST && !mine(who))
            go_cond_wait(&turn, &mu);
        if (n > LAST)
            break;
        if (word)
            printf("%s\n", word);
        else
            printf("%d\n", n);
        n++;
        go_cond_broadcast(&turn);
    }
    go_mutex_unlock(&mu);
}

int main(void)
{
    static const char *const words[4] = { NULL, "Fizz", "Buzz", "FizzBuzz" };
    go_waitgroup wg = { 0 };
    for (int who = 3; who >= 0; who--)
        go_waitgroup_go(&wg, player, who, words[who]);
    go_waitgroup_wait(&wg);
}
