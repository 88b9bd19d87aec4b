/* SPDX-License-Identifier: MIT */
/* Unlocking a mutex once more than it was locked is fatal. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_mutex mu = { 0 };
    for (int i = 1; i <= 2; i++) {
        go_with_lock (&mu)
            printf("locked %d\n", i);
    }
    go_mutex_unlock(&mu);
    printf("never printed\n");
}
