// SPDX-License-Identifier: MIT

//go:build ignore

// Waits for locks, for a group and for an announcement that end with a context.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func show(what string, err error) {
	if err == nil {
		fmt.Println(what + ": done")
	} else {
		fmt.Printf("%s: %v\n", what, err)
	}
}

func lock(ctx context.Context, try func() bool) error {
	for ; !try(); time.Sleep(100 * time.Microsecond) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func locks(ctx context.Context) {
	var m sync.Mutex
	var rw sync.RWMutex
	show("mutex, free", lock(ctx, m.TryLock))
	show("mutex, held", lock(ctx, m.TryLock))
	show("reader, free", lock(ctx, rw.TryRLock))
	show("reader, beside another", lock(ctx, rw.TryRLock))
	show("writer, readers there", lock(ctx, rw.TryLock))
	rw.RUnlock()
	rw.RUnlock()
	show("writer, free", lock(ctx, rw.TryLock))
	show("reader, writer there", lock(ctx, rw.TryRLock))
}

func wait(ctx context.Context, wg *sync.WaitGroup) error {
	done := make(chan bool)
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func groups(ctx context.Context) {
	gate := make(chan bool)
	var wg sync.WaitGroup
	show("group, empty", wait(context.Background(), &wg))
	wg.Go(func() { <-gate })
	show("group, one there", wait(ctx, &wg))
	close(gate)
	show("group, over", wait(context.Background(), &wg))
}

type stock struct {
	mu   sync.Mutex
	more *sync.Cond
	n    int // mu
}

func (s *stock) take(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.more.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.n == 0 {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.more.Wait()
	}
	s.n--
	return nil
}

func (s *stock) deliver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.more.Broadcast()
}

func main() {
	late, cancel := context.WithTimeout(context.Background(), 2*time.Millisecond)
	defer cancel()
	locks(late)
	groups(late)
	s := &stock{}
	s.more = sync.NewCond(&s.mu)
	go s.deliver()
	show("stock, delivered", s.take(context.Background()))
	show("stock, none left", s.take(late))
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	show("stock, cancelled", s.take(gone))
	s.deliver()
	show("stock, there at once", s.take(gone))
}
