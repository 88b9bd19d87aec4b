// SPDX-License-Identifier: MIT

//go:build ignore

// The game of life on a small torus, one goroutine per row and generation.
package main

import (
	"fmt"
	"sync"
)

const size = 8

type board [size][size]int

func neighbours(b *board, y, x int) int {
	n := -b[y][x]
	for dy := size - 1; dy <= size+1; dy++ {
		for dx := size - 1; dx <= size+1; dx++ {
			n += b[(y+dy)%size][(x+dx)%size]
		}
	}
	return n
}

func stepRow(from, to *board, y int) {
	for x := 0; x < size; x++ {
		n := neighbours(from, y, x)
		to[y][x] = 0
		if n == 3 || n == 2 && from[y][x] == 1 {
			to[y][x] = 1
		}
	}
}

func show(b *board, generation int) {
	fmt.Println("generation", generation)
	for _, row := range b {
		for _, cell := range row {
			fmt.Printf("%c", ".#"[cell])
		}
		fmt.Println()
	}
}

func main() {
	now := &board{{0, 1}, {0, 0, 1}, {1, 1, 1}} // a glider
	next := &board{}
	for generation := 0; generation < 20; generation++ {
		if generation%5 == 0 {
			show(now, generation)
		}
		var wg sync.WaitGroup
		for y := 0; y < size; y++ {
			wg.Go(func() { stepRow(now, next, y) })
		}
		wg.Wait()
		now, next = next, now
	}
}
