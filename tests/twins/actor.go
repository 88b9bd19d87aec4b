// SPDX-License-Identifier: MIT

//go:build ignore

// One goroutine owns the state; the others send it functions to run on it.
package main

import (
	"fmt"
	"sync"
)

type state struct{ total, calls int }

type command struct {
	run func(s *state, n int)
	n   int
}

func add(s *state, n int) { s.total += n }

func subtract(s *state, n int) { s.total -= n }

func owner(commands <-chan command, final chan<- state) {
	var s state
	for c := range commands {
		c.run(&s, c.n)
		s.calls++
	}
	final <- s
}

func main() {
	commands := make(chan command, 4)
	final := make(chan state)
	go owner(commands, final)

	var wg sync.WaitGroup
	for i := 1; i <= 10; i++ {
		wg.Go(func() {
			commands <- command{add, i * 100}
			commands <- command{subtract, i}
		})
	}
	wg.Wait()
	close(commands)
	s := <-final
	fmt.Println("total", s.total, "after", s.calls, "calls")
}
