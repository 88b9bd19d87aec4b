// SPDX-License-Identifier: MIT

//go:build ignore

// The Mandelbrot set in whole numbers; each row is drawn by a worker and printed
// in its place.
package main

import "fmt"

const width, height, limit, one, workers = 60, 20, 40, 1 << 12, 4

type row struct {
	y     int
	cells [width]byte
}

func cell(cx, cy int) byte {
	x, y, n := 0, 0, 0
	for n < limit && x*x/one+y*y/one < 4*one {
		x, y = x*x/one-y*y/one+cx, 2*x*y/one+cy
		n++
	}
	return " .:-=+*#@"[n*8/limit]
}

func worker(rows <-chan int, drawn chan<- row) {
	for y := range rows {
		r := row{y: y}
		for x := range r.cells {
			r.cells[x] = cell((x*3*one)/width-2*one, (y*2*one)/height-one)
		}
		drawn <- r
	}
}

func number(rows chan<- int) {
	for y := 0; y < height; y++ {
		rows <- y
	}
	close(rows)
}

func main() {
	rows, drawn := make(chan int), make(chan row, 2)
	for i := 0; i < workers; i++ {
		go worker(rows, drawn)
	}
	go number(rows)
	var picture [height]row
	for range picture {
		r := <-drawn
		picture[r.y] = r
	}
	for _, r := range picture {
		fmt.Printf("|%s|\n", r.cells[:])
	}
}
