/* SPDX-License-Identifier: MIT */
/* Matrix product, one goroutine per row. */
#include <goroutine.h>
#include <stdio.h>

enum { N = 24 };

struct matrix {
    int at[N][N];
};

static void multiply_row(const struct matrix *a, const struct matrix *b, struct matrix *product,
                         int row)
{
    for (int col = 0; col < N; col++) {
        int sum = 0;
        for (int k = 0; k < N; k++)
            sum += a->at[row][k] * b->at[k][col];
        product->at[row][col] = sum;
    }
}

int main(void)
{
    static struct matrix a, b, product;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a.at[i][j] = i + j;
            b.at[i][j] = i - 2 * j;
        }
    }
    go_waitgroup wg = { 0 };
    for (int row = 0; row < N; row++)
        go_waitgroup_go(&wg, multiply_row, &a, &b, &product, row);
    go_waitgroup_wait(&wg);

    int trace = 0, total = 0;
    for (int i = 0; i < N; i++) {
        trace += product.at[i][i];
        for (int j = 0; j < N; j++)
            total += product.at[i][j];
    }
    printf("corners %d %d %d %d\n", product.at[0][0], product.at[0][N - 1], product.at[N - 1][0],
           product.at[N - 1][N - 1]);
    printf("trace %d total %d\n", trace, total);
}
