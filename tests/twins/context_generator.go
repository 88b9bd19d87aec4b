// SPDX-License-Identifier: MIT

//go:build ignore

// A generator runs until its context is cancelled, and says why it stopped.
package main

import (
	"context"
	"fmt"
)

func generate(ctx context.Context, out chan<- int, stopped chan<- error) {
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			stopped <- ctx.Err()
			return
		case out <- n * n:
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	out, stopped := make(chan int), make(chan error)
	go generate(ctx, out, stopped)
	for range 5 {
		fmt.Println(<-out)
	}
	fmt.Printf("before: %v\n", ctx.Err())
	cancel()
	fmt.Printf("generator: %v\n", <-stopped)
	fmt.Printf("after: %v\n", ctx.Err())
	cancel()
	fmt.Printf("again: %v\n", ctx.Err())
}
