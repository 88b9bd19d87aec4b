// SPDX-License-Identifier: MIT

//go:build ignore

// Who finds a once at work may wait for it, but not for ever; who does the work is
// not disturbed.
package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

type once struct {
	begun atomic.Bool
	done  chan bool
}

func (o *once) do(ctx context.Context, f func()) error {
	if o.begun.CompareAndSwap(false, true) {
		defer close(o.done)
		f()
		return nil
	}
	select {
	case <-o.done:
		return nil
	default:
	}
	select {
	case <-o.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func never() { fmt.Println("never printed") }

func show(what string, err error) {
	if err == nil {
		fmt.Println(what + ": done")
	} else {
		fmt.Printf("%s: %v\n", what, err)
	}
}

func main() {
	o := &once{done: make(chan bool)}
	begun, finish, result := make(chan bool), make(chan bool), make(chan error)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	go func() {
		// The context has ended already: it bounds the wait for another's work alone.
		result <- o.do(ctx, func() {
			fmt.Println("begun")
			begun <- true
			<-finish
			fmt.Println("finished")
		})
	}()
	<-begun
	soon, cancelSoon := context.WithTimeout(context.Background(), 2*time.Millisecond)
	defer cancelSoon()
	show("until soon", o.do(soon, never))
	show("with the context", o.do(ctx, never))
	finish <- true
	show("the worker", <-result)
	past, cancelPast := context.WithTimeout(context.Background(), 0)
	defer cancelPast()
	show("until long ago", o.do(past, never))
	show("with the context", o.do(ctx, never))
}
