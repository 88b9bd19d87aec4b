// SPDX-License-Identifier: MIT

//go:build ignore

// Do as much at the same time as there is room for, the rest by oneself.
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

func (g *group) TryGo(f func() error) bool {
	if g.places != nil {
		select {
		case g.places <- struct{}{}:
		default:
			return false
		}
	}
	g.run(f)
	return true
}

func (g *group) SetLimit(n int) {
	g.places = nil
	if n >= 0 {
		g.places = make(chan struct{}, n)
	}
}

func main() {
	release := make(chan int)
	hold := func() error {
		<-release
		return nil
	}
	number := func(err error) int {
		if err != nil {
			return 1
		}
		return 0
	}
	g := newGroup(context.Background())
	g.SetLimit(3)
	for i := range 5 {
		fmt.Printf("try %d: %t\n", i, g.TryGo(hold))
	}
	release <- 1
	g.Go(hold) // waits for the place
	fmt.Println("full again:", g.TryGo(hold))
	close(release)
	fmt.Println("wait:", number(g.Wait()))

	g = newGroup(context.Background())
	g.SetLimit(0)
	fmt.Println("none:", g.TryGo(hold))
	g.SetLimit(-1)
	fmt.Println("any:", g.TryGo(hold))
	fmt.Println("wait:", number(g.Wait()))
}
