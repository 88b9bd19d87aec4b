// SPDX-License-Identifier: MIT

//go:build ignore

// Work with a time limit: what is quick arrives, what is slow is given up.
package main

import (
	"context"
	"fmt"
	"time"
)

func work(takes time.Duration, out chan<- int) {
	time.Sleep(takes)
	out <- 1
}

func tryWork(name string, takes, limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	out := make(chan int, 1)
	go work(takes, out)
	select {
	case <-out:
		fmt.Printf("%s: done, context: %v\n", name, ctx.Err())
	case <-ctx.Done():
		fmt.Printf("%s: given up: %v\n", name, ctx.Err())
	}
	cancel()
	fmt.Printf("%s: finally: %v\n", name, ctx.Err())
}

func main() {
	tryWork("quick", time.Millisecond, 10*time.Second)
	tryWork("slow", 10*time.Second, 5*time.Millisecond)
	tryWork("no time", 10*time.Second, 0)
	tryWork("less than none", 10*time.Second, -1)
}
