// SPDX-License-Identifier: MIT

//go:build ignore

// A goroutine may be given arguments of every type, a name, a stack.
package main

import "fmt"

type vec struct{ x, y float64 }

func mixed(out chan<- float64, a int8, b int16, c int64, d float32, e vec, f string,
	g func(vec) float64) {
	out <- float64(a) + float64(b) + float64(c) + float64(d) + g(e) + float64(f[0])
}

func dot(v vec) float64 { return v.x*v.x + v.y*v.y }

func depth(n int) int64 {
	var frame [512]byte
	if n == 0 {
		return int64(frame[0])
	}
	return 1 + depth(n-1) + int64(frame[511])
}

func deep(out chan<- float64, n int) { out <- float64(depth(n)) }

func withResult(out chan<- float64) int {
	out <- 3
	return 4 // dropped
}

func show(out <-chan float64) { fmt.Printf("%.2f\n", <-out) }

func main() {
	out := make(chan float64)
	go mixed(out, 1, 2, 3, 0.25, vec{3, 4}, "A", dot)
	show(out)
	go deep(out, 2000)
	show(out)
	go withResult(out)
	show(out)
	f := deep
	go f(out, 5)
	show(out)
}
