/* SPDX-License-Identifier: MIT */
/* Seats as bits: whoever sets one that was clear has it; all are given away once. */
#include <goroutine.h>
#include <stdio.h>

enum { WORDS = 4, SEATS = WORDS * 64, GUESTS = 8 };

static go_uint64 taken[WORDS];

static bool take(int seat)
{
    uint64_t bit = UINT64_C(1) << (seat % 64);
    return !(go_uint64_or(&taken[seat / 64], bit) & bit);
}

static bool give_back(int seat)
{
    uint64_t bit = UINT64_C(1) << (seat % 64);
    return go_uint64_and(&taken[seat / 64], ~bit) & bit;
}

static void guest(int id, int *got)
{
    for (int i = 0; i < SEATS; i++)
        *got += take((i * 7 + id * 31) % SEATS);
}

int main(void)
{
    int got[GUESTS] = { 0 }, total = 0, freed = 0;
    go_waitgroup wg = { 0 };
    for (int id = 0; id < GUESTS; id++)
        go_waitgroup_go(&wg, guest, id, &got[id]);
    go_waitgroup_wait(&wg);
    for (int id = 0; id < GUESTS; id++)
        total += got[id];
    printf("seats %d given %d\n", SEATS, total);
    for (int seat = 0; seat < SEATS; seat += 3)
        freed += give_back(seat);
    printf("freed %d, again %s\n", freed, give_back(0) ? "true" : "false");
    for (int w = 0; w < WORDS; w++)
        printf("%016llx\n", (unsigned long long)go_uint64_load(&taken[w]));
}
