// SPDX-License-Identifier: MIT
// panic.h: an exception that leaves a deferred call made by a panic ends the program,
// though somebody further out would catch it.
#include <goroutine.h>
#include <stdexcept>

static void body()
{
    try {
        go_defer([] { throw std::logic_error("deferred"); });
        go_panic("first");
    } catch (...) {
    }
}

int main()
{
    go(body);
    go_sleep(10 * GO_SECOND);
}
