/* SPDX-License-Identifier: MIT */
/* once - the first who needs the table makes it; the others wait for it. */
#include <goroutine.h>
#include <stdio.h>

static go_once made;
static unsigned table[256];
static int times;

static void make_table(void *unused)
{
    (void)unused;
    for (unsigned i = 0; i < 256; i++) {
        unsigned c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    times++;
}

static unsigned crc32(const char *s)
{
    go_once_do(&made, make_table, NULL);
    unsigned c = ~0u;
    for (; *s; s++)
        c = table[(c ^ (unsigned char)*s) & 255] ^ (c >> 8);
    return ~c;
}

static void check(const char *s, go_chan(unsigned) out)
{
    go_send(out, crc32(s));
}

int main(void)
{
    go_chan(unsigned) out = go_make(unsigned, 0);
    unsigned crc = 0;
    for (int i = 0; i < 10; i++)
        go(check, "123456789", out);
    for (int i = 0; i < 10; i++)
        go_recv(out, &crc);
    printf("crc32 %08x, table made %d time\n", crc, times);
    go_drop(out);
    return crc != 0xcbf43926u || times != 1;
}
