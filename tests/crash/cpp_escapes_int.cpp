// SPDX-License-Identifier: MIT
// As cpp_escapes, of a type without words; and what was deferred is not run.
#include <cstdlib>
#include <goroutine.h>

__attribute__((noinline)) static void thrower(int v)
{
    go_defer(std::_Exit, 7);
    if (v > 0)
        throw v;
}

int main()
{
    go([] { thrower(42); });
    go_sleep(10 * GO_SECOND);
}
