// SPDX-License-Identifier: MIT

//go:build ignore

// A group brings back the first error; the others see the end of the context.
package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
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

type code int

func (c code) Error() string { return fmt.Sprint("code ", int(c)) }

func fail(c int) error {
	if c == 0 {
		return nil
	}
	return code(c)
}

var stopped atomic.Int32

func work(ctx context.Context) error {
	<-ctx.Done()
	stopped.Add(1)
	return ctx.Err()
}

func main() {
	g := newGroup(context.Background())
	for range 5 {
		g.Go(func() error { return fail(0) })
	}
	fmt.Println("none:", g.Wait())
	fmt.Printf("context: %v, %v\n", g.ctx.Err(), context.Cause(g.ctx))

	g = newGroup(context.Background())
	for range 5 {
		g.Go(func() error { return work(g.ctx) })
	}
	g.Go(func() error { return fail(17) })
	fmt.Println("one:", g.Wait())
	fmt.Println("stopped:", stopped.Load())
	fmt.Printf("context: %v, %v\n", g.ctx.Err(), context.Cause(g.ctx))

	parent, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	g = newGroup(parent)
	g.Go(func() error { return work(g.ctx) })
	fmt.Println("parent:", g.Wait())
}
