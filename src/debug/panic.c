/* SPDX-License-Identifier: MIT */
#include "base/fatal.h"

#include <goroutine/debug.h>
#include <stdarg.h>
#include <stdio.h>

void go_panic(const char *fmt, ...)
{
    char text[1000];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    panic("%s", text);
}
