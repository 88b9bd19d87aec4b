// SPDX-License-Identifier: MIT

//go:build ignore

// A group with a limit: never more at a time, and all get their turn.
package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type group struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	wg     sync.WaitGroup
	places chan struct{}
	once   sync.Once
	err    error
}

func newGroup(parent context.Context) *group {
	g := &group{}
	g.ctx, g.cancel = context.WithCancelCause(parent)
	return g
}

func (g *group) run(f func() error) {
	g.wg.Go(func() {
		defer func() {
			if g.places != nil {
				<-g.places
			}
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel(err)
			})
		}
	})
}

func (g *group) Go(f func() error) {
	if g.places != nil {
		g.places <- struct{}{}
	}
	g.run(f)
}

func (g *group) Wait() error {
	g.wg.Wait()
	g.cancel(g.err)
	return g.err
}

var running, total atomic.Int32
var over atomic.Bool

func work(limit int) error {
	if int(running.Add(1)) > limit {
		over.Store(true)
	}
	runtime.Gosched()
	total.Add(1)
	running.Add(-1)
	return nil
}

func main() {
	for limit := 1; limit <= 16; limit *= 4 {
		g := newGroup(context.Background())
		g.places = make(chan struct{}, limit)
		for range 100 {
			g.Go(func() error { return work(limit) })
		}
		g.Wait()
		fmt.Printf("limit %d: total %d, over %t\n", limit, total.Load(), over.Load())
	}
	// One at a time: in order.
	order := make(chan int, 10)
	g := newGroup(context.Background())
	g.places = make(chan struct{}, 1)
	for i := range 10 {
		g.Go(func() error {
			order <- i
			return nil
		})
	}
	g.Wait()
	close(order)
	for v := range order {
		fmt.Println(v)
	}
}
