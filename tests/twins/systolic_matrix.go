// SPDX-License-Identifier: MIT

//go:build ignore

// A grid of goroutines multiplies matrices: rows of one flow from the west, columns
// of the other from the north, and each cell adds up what meets in it.
package main

import (
	"fmt"
	"sync"
)

const n = 4

var east [n][n + 1]chan int64
var south [n + 1][n]chan int64
var product [n][n]int64

func cell(i, j int) {
	for a := range east[i][j] {
		b := <-south[i][j]
		product[i][j] += a * b
		east[i][j+1] <- a
		south[i+1][j] <- b
	}
	close(east[i][j+1])
	close(south[i+1][j])
}

func source(out chan<- int64, first, step int) {
	for k := 0; k < n; k++ {
		out <- int64(first + k*step)
	}
	close(out)
}

func sink(in <-chan int64) {
	for range in {
	}
}

func main() {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		for j := 0; j <= n; j++ {
			east[i][j], south[j][i] = make(chan int64), make(chan int64)
		}
	}
	for i := 0; i < n; i++ {
		go source(east[i][0], i*n+1, 1)  // 1 2 3 4, 5 6 7 8, ...
		go source(south[0][i], i-2, i+1) // column i: i-2, 2i-1, ...
		wg.Go(func() { sink(east[i][n]) })
		wg.Go(func() { sink(south[n][i]) })
		for j := 0; j < n; j++ {
			wg.Go(func() { cell(i, j) })
		}
	}
	wg.Wait()
	for _, row := range product {
		fmt.Println(row[0], row[1], row[2], row[3])
	}
}
