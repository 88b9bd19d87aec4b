// SPDX-License-Identifier: MIT

//go:build ignore

// A pipeline whose stages all give up when its consumer has seen enough.
package main

import (
	"context"
	"fmt"
	"sync"
)

func send(ctx context.Context, out chan<- int, v int) bool {
	select {
	case out <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func count(ctx context.Context, out chan<- int) {
	defer close(out)
	for i := 1; send(ctx, out, i); i++ {
	}
}

func square(ctx context.Context, in <-chan int, out chan<- int) {
	defer close(out)
	for v := range in {
		if !send(ctx, out, v*v) {
			return
		}
	}
}

func keepOdd(ctx context.Context, in <-chan int, out chan<- int) {
	defer close(out)
	for v := range in {
		if v%2 == 1 && !send(ctx, out, v) {
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	a, b, c := make(chan int), make(chan int), make(chan int, 2)
	var wg sync.WaitGroup
	wg.Go(func() { count(ctx, a) })
	wg.Go(func() { square(ctx, a, b) })
	wg.Go(func() { keepOdd(ctx, b, c) })
	sum := 0
	for v := range c {
		sum += v
		fmt.Println(v)
		if sum > 500 {
			break
		}
	}
	cancel()
	wg.Wait()
	fmt.Printf("sum %d, all stages have ended\n", sum)
}
