// SPDX-License-Identifier: MIT
// lambda - the same library from C++: goroutines from lambdas, exceptions inside them.
#include <goroutine.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

static int parse(const std::string &s)
{
    go_yield();
    return std::stoi(s); // throws std::invalid_argument
}

int main()
{
    const std::vector<std::string> words = { "1", "20", "three", "300" };
    go_chan(int) results = go_make(int, 4);
    go_waitgroup wg = {};
    for (const std::string &word : words)
        go_waitgroup_go(&wg, [=] { // a copy of the word travels with the goroutine
            try {
                go_send(results, parse(word));
            } catch (const std::invalid_argument &) {
                std::printf("not a number: %s\n", word.c_str());
                go_send(results, 0);
            }
        });
    go_waitgroup_wait(&wg);
    go_close(results);
    int sum = 0;
    go_range (v, results)
        sum += v;
    go_drop(results);

    // What cannot be copied is moved.
    auto big = std::make_unique<std::vector<int>>(1000, 7);
    int total = 0;
    go_handle *h = go_start(
        [&total](std::unique_ptr<std::vector<int>> v) {
            for (int i : *v)
                total += i;
        },
        std::move(big));
    go_join(h);
    std::printf("sum %d, total %d\n", sum, total);
    return sum != 321 || total != 7000;
}
