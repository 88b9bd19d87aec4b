// SPDX-License-Identifier: MIT

//go:build ignore

// Messages taken from a pool by one goroutine and put back by another.
package main

import (
	"fmt"
	"sync"
)

type message struct {
	number int
	fields [8]int
}

var pool = sync.Pool{New: func() any { return new(message) }}

func produce(c chan<- *message) {
	for i := 0; i < 1000; i++ {
		m := pool.Get().(*message)
		m.number = i
		for k := range m.fields {
			m.fields[k] = i * k
		}
		c <- m
	}
	close(c)
}

func main() {
	c := make(chan *message, 4)
	expected, wrong := 0, 0
	go produce(c)
	for m := range c {
		if m.number != expected {
			wrong++
		}
		expected++
		for k, f := range m.fields {
			if f != m.number*k {
				wrong++
			}
		}
		pool.Put(m)
	}
	fmt.Printf("%d messages, %d wrong\n", expected, wrong)
}
