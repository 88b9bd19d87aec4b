// SPDX-License-Identifier: MIT

//go:build ignore

// Stages joined by channels, run as one group; the failure of one ends them all.
package main

import (
	"context"
	"fmt"
	"sync"
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

const bad = 3

func send(ctx context.Context, out chan<- int, v int) error {
	select {
	case out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func produce(ctx context.Context, out chan<- int, n int) error {
	defer close(out)
	for i := 1; i <= n; i++ {
		if err := send(ctx, out, i); err != nil {
			return err
		}
	}
	return nil
}

func check(ctx context.Context, in <-chan int, out chan<- int, wrong int) error {
	for v := range in {
		if v == wrong {
			return fail(bad)
		}
		if err := send(ctx, out, v); err != nil {
			return err
		}
	}
	close(out)
	return nil
}

func add(ctx context.Context, in <-chan int, sum *int64) error {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return nil
			}
			*sum += int64(v)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func run(n, wrong int) {
	var sum int64
	a, b := make(chan int), make(chan int, 4)
	g := newGroup(context.Background())
	g.Go(func() error { return produce(g.ctx, a, n) })
	g.Go(func() error { return check(g.ctx, a, b, wrong) })
	g.Go(func() error { return add(g.ctx, b, &sum) })
	if err := g.Wait(); err != nil {
		fmt.Printf("%d items: failed with %v\n", n, err)
	} else {
		fmt.Printf("%d items: sum %d\n", n, sum)
	}
}

func main() {
	run(10, 0)
	run(1000, 0)
	run(1000, 500)
	run(0, 1)
	run(1, 1)
}
