// SPDX-License-Identifier: MIT

//go:build ignore

// What must be finished although the request is over runs in a context of its own.
package main

import (
	"context"
	"fmt"
	"time"
)

type key int

const request key = 0

func finish(ctx context.Context, done chan<- int) {
	fmt.Printf("cleaning up after %v: %v\n", ctx.Value(request), ctx.Err())
	never := "no"
	if ctx.Done() == nil {
		never = "yes"
	}
	fmt.Printf("never ends: %s\n", never)
	limited, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	<-limited.Done()
	fmt.Printf("its own limit: %v\n", limited.Err())
	done <- 1
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	req := context.WithValue(ctx, request, "request 7")
	done := make(chan int)
	cancel()
	fmt.Printf("request: %v\n", req.Err())
	go finish(context.WithoutCancel(req), done)
	<-done
}
