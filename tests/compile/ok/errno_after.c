/* SPDX-License-Identifier: MIT */
/* errno stays the library's, whatever includes <errno.h> afterwards. */
#include <goroutine.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../check.h"

int main(void)
{
    errno = 0;
    CHECK(close(-1) == -1 && errno == EBADF);
    int *at = go_errno_location();
    *at = ERANGE;
    CHECK_EQ(errno, ERANGE);
    CHECK(&errno == at);
    go_yield();
    CHECK_EQ(errno, ERANGE);
    return 0;
}
