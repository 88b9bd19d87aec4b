/* SPDX-License-Identifier: MIT */
/* The shelf against a list that always tells the truth: pieces keep what is in them and
 * do not overlap, room is used again, and an empty shelf holds no chunk. */
#include "check.h"
#include "stack/shelf.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { PIECES = 4000, ROUNDS = 200000 };

static struct {
    unsigned char *at;
    size_t size;
    unsigned char fill;
} pieces[PIECES];

static uint32_t dice = 12345;

static uint32_t roll(uint32_t below)
{
    dice = dice * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)dice * below >> 32);
}

static void check_piece(size_t i)
{
    for (size_t k = 0; k < pieces[i].size; k++)
        CHECK_EQ(pieces[i].at[k], pieces[i].fill);
}

static void take(size_t i, size_t size)
{
    pieces[i].at = shelf_take(size);
    CHECK(pieces[i].at);
    CHECK_EQ((uintptr_t)pieces[i].at % 8, 0);
    pieces[i].size = size;
    pieces[i].fill = (unsigned char)roll(256);
    memset(pieces[i].at, pieces[i].fill, size);
}

static void give(size_t i)
{
    check_piece(i);
    shelf_give(pieces[i].at);
    pieces[i].at = NULL;
}

/* Mostly the sizes of parked stacks, now and then any. */
static size_t some_size(void)
{
    return 1 + roll(roll(16) ? 700 : SHELF_PIECE_MAX);
}

static void give_all(void)
{
    for (size_t i = 0; i < PIECES; i++)
        if (pieces[i].at)
            give(i);
    CHECK_EQ(shelf_bytes(), 0);
}

int main(void)
{
    for (int round = 0; round < test_scale(ROUNDS, ROUNDS / 10); round++) {
        size_t i = roll(PIECES);
        if (pieces[i].at)
            give(i);
        else
            take(i, some_size());
    }
    give_all();
    /* Dense: a thousand pieces of one size take what they hold and one chunk at most. */
    for (size_t i = 0; i < 1000; i++)
        take(i, 320);
    CHECK(shelf_bytes() <= 1000 * 320 + 2 * (64 << 10));
    give_all();
    return 0;
}
