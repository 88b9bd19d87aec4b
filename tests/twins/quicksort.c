/* SPDX-License-Identifier: MIT */
/* Quicksort that sorts the two halves side by side. */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 500 };

static void swap(int *a, int *b)
{
    int t = *a;
    *a = *b;
    *b = t;
}

static int partition(int *a, int n)
{
    int pivot = a[n - 1], low = 0;
    for (int i = 0; i < n; i++) {
        if (a[i] < pivot)
            swap(&a[i], &a[low++]);
    }
    swap(&a[low], &a[n - 1]);
    return low;
}

static void quicksort(int *a, int n)
{
    if (n < 2)
        return;
    int p = partition(a, n);
    go_waitgroup left = { 0 };
    go_waitgroup_go(&left, quicksort, a, p);
    quicksort(a + p + 1, n - p - 1);
    go_waitgroup_wait(&left);
}

int main(void)
{
    int a[COUNT];
    uint32_t seed = 1;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 1664525 + 1013904223;
        a[i] = (int)(seed >> 20);
    }
    quicksort(a, COUNT);

    bool sorted = true;
    for (int i = 1; i < COUNT; i++)
        sorted = sorted && a[i - 1] <= a[i];
    printf("sorted: %s\n", sorted ? "true" : "false");
    for (int i = 0; i < COUNT; i += 50)
        printf("%d %d\n", i, a[i]);
}
