/* SPDX-License-Identifier: MIT */
/* expect: incompatible pointer type|incompatible-pointer-types */
/* The first argument is a go_recovered or NULL. */
#include <goroutine.h>

static void f(void)
{
}

int main(void)
{
    char text[100];
    (void)text;
    go_recover(NULL, f);
#ifndef GOOD
    go_recover(text, f);
#endif
}
