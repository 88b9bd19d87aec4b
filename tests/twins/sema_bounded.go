// SPDX-License-Identifier: MIT

//go:build ignore

// Units of a semaphore, waited for with a bound; who gives up has taken none.
package main

import (
	"context"
	"fmt"
	"time"
)

type semaphore chan bool // holds what is taken

func (s semaphore) acquire(ctx context.Context, n int) error {
	for i := 0; i < n; i++ {
		select {
		case s <- true:
			continue
		default:
		}
		select {
		case s <- true:
		case <-ctx.Done():
			s.release(i)
			return ctx.Err()
		}
	}
	return nil
}

func (s semaphore) release(n int) {
	for i := 0; i < n; i++ {
		<-s
	}
}

var units = make(semaphore, 4)

func show(what string, err error) {
	text := "taken"
	if err != nil {
		text = err.Error()
	}
	fmt.Printf("%s: %s, %d free\n", what, text, cap(units)-len(units))
}

func within(n int, d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return units.acquire(ctx, n)
}

const soon = 2 * time.Millisecond

func main() {
	never := context.Background()
	ctx, cancel := context.WithCancel(never)
	show("three", within(3, soon))
	show("two more", within(2, soon))
	show("one more", units.acquire(ctx, 1))
	cancel()
	show("cancelled", units.acquire(ctx, 1))
	given := make(chan bool, 1)
	giveBack := func(n int) {
		units.release(n)
		given <- true
	}
	go giveBack(2)
	err := within(2, time.Hour)
	<-given
	show("two that come back", err)
	go giveBack(4)
	<-given
	show("all that come back", units.acquire(never, 4))
	units.release(4)
	show("none", within(0, 0))
	show("more than there are", within(5, soon))
}
