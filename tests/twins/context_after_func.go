// SPDX-License-Identifier: MIT

//go:build ignore

// A function left with a context wakes one who cannot wait for a channel: a waiter on a
// condition variable.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

var (
	lock    sync.Mutex
	changed = sync.NewCond(&lock)
	items   int
)

func wakeAll() {
	lock.Lock()
	defer lock.Unlock()
	changed.Broadcast()
}

func take(ctx context.Context) error {
	stop := context.AfterFunc(ctx, wakeAll)
	lock.Lock()
	for items == 0 && ctx.Err() == nil {
		changed.Wait()
	}
	var err error
	if items == 0 {
		err = ctx.Err()
	} else {
		items--
	}
	lock.Unlock()
	fmt.Println("stopped in time:", stop())
	return err
}

func put() {
	lock.Lock()
	defer lock.Unlock()
	items++
	changed.Signal()
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	go put()
	fmt.Println("take:", take(ctx))
	cancel()

	ctx, cancel = context.WithTimeout(context.Background(), 2*time.Millisecond)
	defer cancel()
	fmt.Println("take:", take(ctx))
	put()
	fmt.Println("take:", take(ctx))
	fmt.Println("take:", take(ctx))
}
