// SPDX-License-Identifier: MIT

//go:build ignore

// Six sources of different types in one select; each is switched off by a nil
// channel when it has ended.
package main

import "fmt"

type number interface {
	uint8 | int16 | int | int64 | float64
}

func source[T number](out chan<- T, first T, n int) {
	for i := 0; i < n; i++ {
		out <- first + T(i)
	}
	close(out)
}

func texts(out chan<- string, s string) {
	for i := range s {
		out <- s[i:]
	}
	close(out)
}

var open = 6

func add[T number](c *chan T, sum *float64, v T, ok bool) {
	if ok {
		*sum += float64(v)
	} else {
		*c = nil
		open--
	}
}

func main() {
	b, s, i := make(chan uint8), make(chan int16, 1), make(chan int)
	l, d, t := make(chan int64, 3), make(chan float64), make(chan string)
	go source(b, 250, 10)
	go source(s, -5, 5)
	go source(i, 100, 20)
	go source(l, 1<<40, 3)
	go source(d, 0.5, 4)
	go texts(t, "abcdef")

	var sums [5]float64
	letters := 0
	for open > 0 {
		select {
		case v, ok := <-b:
			add(&b, &sums[0], v, ok)
		case v, ok := <-s:
			add(&s, &sums[1], v, ok)
		case v, ok := <-i:
			add(&i, &sums[2], v, ok)
		case v, ok := <-l:
			add(&l, &sums[3], v, ok)
		case v, ok := <-d:
			add(&d, &sums[4], v, ok)
		case v, ok := <-t:
			if ok {
				letters += int(v[0])
			} else {
				t = nil
				open--
			}
		}
	}
	fmt.Printf("%.1f %.1f %.1f %.1f %.1f %d\n", sums[0], sums[1], sums[2], sums[3], sums[4], letters)
}
