// SPDX-License-Identifier: MIT

//go:build ignore

// Waiting for a goroutine's end, but not for ever; giving up does not disturb it.
package main

import (
	"context"
	"fmt"
	"time"
)

var progress int // the goroutine's until it has ended

func climb(steps <-chan int) {
	for n := range steps {
		progress += n
	}
}

func start(f func()) <-chan bool {
	done := make(chan bool)
	go func() {
		defer close(done)
		f()
	}()
	return done
}

func show(what string, done <-chan bool, ctx context.Context) {
	select {
	case <-done:
		fmt.Println(what + ": ended")
	case <-ctx.Done():
		fmt.Printf("%s: %v\n", what, ctx.Err())
	}
}

func within(what string, done <-chan bool, d time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	show(what, done, ctx)
}

func main() {
	steps := make(chan int)
	ctx, cancel := context.WithCancel(context.Background())
	done := start(func() { climb(steps) })
	steps <- 1
	within("soon", done, 2*time.Millisecond)
	steps <- 2
	cancel()
	show("cancelled", done, ctx)
	steps <- 3
	close(steps)
	within("at last", done, time.Hour)
	fmt.Println("progress", progress)

	none := make(chan int)
	close(none)
	show("another", start(func() { climb(none) }), context.Background())
	fmt.Println("progress", progress)
}
