// SPDX-License-Identifier: MIT
// Waiting for a group, for a place in it, or for a once, but not for ever.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func show(what string, err error) {
	if err != nil {
		fmt.Printf("%s: %v\n", what, err)
	} else {
		fmt.Printf("%s: done\n", what)
	}
}

// end waits for done as long as ctx lasts.
func end(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	default:
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func soon() context.Context {
	ctx, _ := context.WithTimeout(context.Background(), 2*time.Millisecond)
	return ctx
}

func groups(gate chan int, ended context.Context) {
	places := make(chan struct{}, 1)
	var wg sync.WaitGroup
	enter := func(ctx context.Context) error {
		select {
		case places <- struct{}{}:
		default:
			select {
			case places <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		wg.Go(func() { <-gate; <-places })
		return nil
	}
	all := make(chan struct{})
	show("a place", enter(context.Background()))
	go func() { wg.Wait(); close(all) }()
	show("another", enter(soon()))
	show("and one", enter(ended))
	show("the end", end(soon(), all))
	show("its end", end(ended, all))
	gate <- 0
	show("at last", end(context.Background(), all))
}

func onces(gate chan int, ended context.Context) {
	begun := make(chan int)
	slow := func() int {
		begun <- 0
		<-gate
		return 42
	}
	once := sync.OnceFunc(func() { slow() })
	answer := sync.OnceValue(slow)
	called, got := make(chan struct{}), make(chan struct{})
	go func() {
		once()
		close(called)
		answer()
		close(got)
	}()
	<-begun
	show("call", end(soon(), called))
	show("call", end(ended, called))
	gate <- 0
	<-begun
	show("get", end(soon(), got))
	show("get", end(ended, got))
	gate <- 0
	show("get", end(context.Background(), got))
	fmt.Println(answer())
}

func main() {
	gate := make(chan int)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	groups(gate, ended)
	onces(gate, ended)
}
