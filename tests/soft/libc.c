/* SPDX-License-Identifier: MIT */
/* The C library's larger functions on default stacks: globbing, regular
 * expressions, recursive directory walks, wide characters, sorting, locales,
 * dynamic loading, temporary files. */
#include "check.h"

#include <dlfcn.h>
#include <ftw.h>
#include <glob.h>
#include <goroutine.h>
#include <iconv.h>
#include <pwd.h>
#include <regex.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

static void expressions(go_waitgroup *wg)
{
    regex_t re;
    regmatch_t m[4];
    CHECK_EQ(regcomp(&re, "^([a-z]+)-([0-9]{2,})(-(x|y)*)?$", REG_EXTENDED), 0);
    CHECK_EQ(regexec(&re, "abc-123-xyxy", 4, m, 0), 0);
    CHECK_EQ(m[1].rm_eo, 3);
    CHECK_EQ(m[2].rm_eo, 7);
    CHECK_EQ(regexec(&re, "abc-1", 4, m, 0), REG_NOMATCH);
    regfree(&re);
    go_waitgroup_done(wg);
}

static void globbing(go_waitgroup *wg)
{
    glob_t g;
    CHECK_EQ(glob("/proc/self/s*t*", 0, NULL, &g), 0);
    CHECK(g.gl_pathc >= 3); /* stat, statm, status */
    globfree(&g);
    go_waitgroup_done(wg);
}

static int visited;

static int visit(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)path, (void)st, (void)kind, (void)ftw;
    go_yield();
    return __atomic_add_fetch(&visited, 1, __ATOMIC_RELAXED) < 0;
}

static void walking(go_waitgroup *wg)
{
    CHECK_EQ(nftw("/proc/self/ns", visit, 4, FTW_PHYS), 0);
    CHECK(__atomic_load_n(&visited, __ATOMIC_RELAXED) > 1);
    go_waitgroup_done(wg);
}

static void characters(go_waitgroup *wg)
{
    wchar_t wide[64];
    char in[] = "gr\xc3\xbc\xc3\x9f", out[64];
    char *from = in, *to = out;
    size_t left = strlen(in), room = sizeof out;
    CHECK(swprintf(wide, 64, L"%ls %d %.2f", L"wide", 42, 2.5) > 0);
    CHECK(wcscmp(wide, L"wide 42 2.50") == 0);
    iconv_t cd = iconv_open("UTF-16LE", "UTF-8");
    CHECK(cd != (iconv_t)-1);
    CHECK_EQ(iconv(cd, &from, &left, &to, &room), 0);
    CHECK_EQ(sizeof out - room, 8);
    iconv_close(cd);
    go_waitgroup_done(wg);
}

static void loading(go_waitgroup *wg)
{
    void *lib = dlopen("libm.so.6", RTLD_NOW);
    if (lib) { /* another C library may have none, or no dlopen at all */
        double (*f)(double) = (double (*)(double))dlsym(lib, "floor");
        CHECK(f && f(27.5) == 27);
        dlclose(lib);
    }
    go_waitgroup_done(wg);
}

static void files(int me, go_waitgroup *wg)
{
    char line[256];
    FILE *f = tmpfile();
    CHECK(f);
    for (int i = 0; i < 200; i++)
        fprintf(f, "%d line %d %g\n", me, i, i * 0.25);
    rewind(f);
    for (int i = 0; i < 200; i++) {
        int who, n;
        CHECK(fgets(line, sizeof line, f));
        CHECK_EQ(sscanf(line, "%d line %d", &who, &n), 2);
        CHECK(who == me && n == i);
        if (i % 20 == 0)
            go_yield();
    }
    fclose(f);
    go_waitgroup_done(wg);
}

static void users(go_waitgroup *wg)
{
    struct passwd pw, *found = NULL;
    char buf[4096];
    CHECK(getpwuid_r(0, &pw, buf, sizeof buf, &found) == 0 || errno != 0);
    if (found)
        CHECK_EQ(found->pw_uid, 0);
    FILE *p = popen("echo from a shell", "r");
    CHECK(p);
    CHECK(fgets(buf, sizeof buf, p));
    CHECK(!strcmp(buf, "from a shell\n"));
    CHECK_EQ(pclose(p), 0);
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(20, 3);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 7 * n);
    for (int i = 0; i < n; i++) {
        go(expressions, &wg);
        go(globbing, &wg);
        go(walking, &wg);
        go(characters, &wg);
        go(loading, &wg);
        go(files, i, &wg);
        go(users, &wg);
    }
    go_waitgroup_wait(&wg);
}
