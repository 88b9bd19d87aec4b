/* SPDX-License-Identifier: MIT */
/* defer - say how to undo a thing where it is done; every way out undoes it. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static int open_files;

static FILE *open_temporary(void)
{
    FILE *f = tmpfile();
    open_files += f != NULL;
    return f;
}

static void close_file(FILE *f)
{
    fclose(f);
    open_files--;
}

/* The number of lines, or -1.  Three ways out and one place that cleans up. */
static int count_lines(const char *text)
{
    FILE *f = open_temporary();
    if (!f)
        return -1;
    go_defer(close_file, f);
    char *line = malloc(100);
    if (!line)
        return -1;
    go_defer(free, line);

    fputs(text, f);
    rewind(f);
    int n = 0;
    while (fgets(line, 100, f)) {
        if (line[0] == '.')
            go_exit(); /* ends the goroutine: what is deferred still runs */
        n++;
    }
    return n;
}

static void count(const char *text, int *result)
{
    *result = count_lines(text);
}

int main(void)
{
    int lines = 0, never = -2;
    go_join(go_start(count, "one\ntwo\nthree\n", &lines));
    go_join(go_start(count, "one\n.\n", &never));
    printf("%d lines, then %d; %d files left open\n", lines, never, open_files);
    return lines != 3 || never != -2 || open_files != 0;
}
