// SPDX-License-Identifier: MIT

//go:build ignore

// Many goroutines, each waiting in its own way, all released by one cancel.
package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var byChannel, bySelect, byPolling, byChild atomic.Int32

func waitChannel(ctx context.Context) {
	<-ctx.Done()
	byChannel.Add(1)
}

func waitSelect(ctx context.Context) {
	never := make(chan int)
	select {
	case <-never:
	case <-ctx.Done():
		bySelect.Add(1)
	}
}

func waitPolling(ctx context.Context) {
	for ctx.Err() == nil {
		runtime.Gosched()
	}
	byPolling.Add(1)
}

func waitChild(ctx context.Context) {
	child, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	<-child.Done()
	if child.Err() == context.Canceled {
		byChild.Add(1)
	}
}

func show(when string) {
	fmt.Println(when, byChannel.Load(), bySelect.Load(), byPolling.Load(), byChild.Load())
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 25 {
		wg.Go(func() { waitChannel(ctx) })
		wg.Go(func() { waitSelect(ctx) })
		wg.Go(func() { waitPolling(ctx) })
		wg.Go(func() { waitChild(ctx) })
	}
	time.Sleep(time.Millisecond)
	show("before:")
	cancel()
	wg.Wait()
	show("after:")
}
