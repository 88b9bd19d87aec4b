// SPDX-License-Identifier: MIT

//go:build ignore

// Matrix product, one goroutine per row.
package main

import (
	"fmt"
	"sync"
)

const n = 24

type matrix [n][n]int

func multiplyRow(a, b, product *matrix, row int) {
	for col := 0; col < n; col++ {
		sum := 0
		for k := 0; k < n; k++ {
			sum += a[row][k] * b[k][col]
		}
		product[row][col] = sum
	}
}

func main() {
	var a, b, product matrix
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			a[i][j] = i + j
			b[i][j] = i - 2*j
		}
	}
	var wg sync.WaitGroup
	for row := 0; row < n; row++ {
		wg.Go(func() { multiplyRow(&a, &b, &product, row) })
	}
	wg.Wait()

	trace, total := 0, 0
	for i := 0; i < n; i++ {
		trace += product[i][i]
		for j := 0; j < n; j++ {
			total += product[i][j]
		}
	}
	fmt.Println("corners", product[0][0], product[0][n-1], product[n-1][0], product[n-1][n-1])
	fmt.Println("trace", trace, "total", total)
}
