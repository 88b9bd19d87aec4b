// SPDX-License-Identifier: MIT

//go:build ignore

// Workers that format into buffers from a pool: what was in them before never shows.
package main

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
)

const (
	workers = 6
	lines   = 200
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func worker(id int, sums chan<- int) {
	sum := 0
	for i := 0; i < lines; i++ {
		b := buffers.Get().(*bytes.Buffer)
		b.Reset()
		fmt.Fprintf(b, "worker %d line %d", id, i)
		if i%50 == 0 {
			runtime.Gosched()
		}
		for _, c := range b.Bytes() {
			sum += int(c)
		}
		buffers.Put(b)
	}
	sums <- sum
}

func main() {
	sums := make(chan int)
	total := 0
	for i := 0; i < workers; i++ {
		go worker(i, sums)
	}
	for i := 0; i < workers; i++ {
		total += <-sums
	}
	fmt.Println("total", total)
}
