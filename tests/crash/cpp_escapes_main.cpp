// SPDX-License-Identifier: MIT
// An exception that leaves main is the C++ runtime's business, as ever.
#include <goroutine.h>
#include <stdexcept>

int main()
{
    go_yield();
    throw std::runtime_error("lost way");
}
