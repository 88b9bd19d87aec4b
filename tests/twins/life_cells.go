// SPDX-License-Identifier: MIT

//go:build ignore

// The game of life with a goroutine for every cell: each tells its neighbours over
// channels with room for one, and a generation is over when all have told.
package main

import (
	"fmt"
	"sync"
)

const size, generations = 6, 8

var wires [size][size][8]chan bool // into the cell, one for each neighbour
var history [generations + 1][size][size]bool
var dy, dx = [8]int{-1, -1, -1, 0, 0, 1, 1, 1}, [8]int{-1, 0, 1, -1, 1, -1, 0, 1}

func cell(y, x int) {
	alive := history[0][y][x]
	for g := 1; g <= generations; g++ {
		n := 0
		for d := range dy {
			wires[(y+dy[d]+size)%size][(x+dx[d]+size)%size][7-d] <- alive
		}
		for _, wire := range wires[y][x] {
			if <-wire {
				n++
			}
		}
		alive = n == 3 || (n == 2 && alive)
		history[g][y][x] = alive
	}
}

func main() {
	for _, p := range [][2]int{{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}} {
		history[0][p[0]][p[1]] = true
	}
	for i := 0; i < size*size*8; i++ {
		wires[i/8/size][i/8%size][i%8] = make(chan bool, 1)
	}
	var wg sync.WaitGroup
	for i := 0; i < size*size; i++ {
		wg.Go(func() { cell(i/size, i%size) })
	}
	wg.Wait()
	for g := 0; g <= generations; g += 4 {
		fmt.Println("generation", g)
		for _, row := range history[g] {
			for _, alive := range row {
				if alive {
					fmt.Print("#")
				} else {
					fmt.Print(".")
				}
			}
			fmt.Println()
		}
	}
}
