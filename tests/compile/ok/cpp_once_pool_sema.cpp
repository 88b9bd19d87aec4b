/* SPDX-License-Identifier: MIT */
/* once.h, pool.h and sema.h in C++; and what an exception makes of a once. */
#include <goroutine.h>
#include <cstdlib>
#include <cstring>
#include <string>

static go_sema sema = GO_SEMA_INIT(3);
static go_once_value(std::string) name;
static go_once_value(int) number;
static go_once_func func;

static void *make(void *)
{
    return std::malloc(16);
}

static go_pool pool = { make, std::free, nullptr, nullptr };

static std::string build(const char *a, const std::string &b)
{
    return a + b;
}

static int fails(int x)
{
    throw x;
}

static void get_number()
{
    (void)go_once_get(&number, fails, 7);
}

int main()
{
    int calls = 0, caught = 0;
    go_sema_acquire(&sema, 3);
    go_sema_release(&sema, 3);
    go_pool_put(&pool, go_pool_get(&pool));
    go_pool_end(&pool);
    for (int i = 0; i < 2; i++)
        go_once_call(&func, [&] { calls++; });
    try {
        get_number();
    } catch (int x) {
        caught = x;
    }
    go_recovered r;
    bool panicked = go_recover(&r, get_number);
    return calls != 1 || caught != 7 || !panicked ||
           std::strcmp(r.text, "sync: once function did not return") != 0 ||
           go_once_get(&name, build, "go", std::string("pher")) != "gopher";
}
