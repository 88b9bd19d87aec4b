// SPDX-License-Identifier: MIT

//go:build ignore

// The first to cancel says why, and all below tell the same.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	shutdown = errors.New("shutdown")
	tooSlow  = errors.New("too slow")
	badInput = errors.New("bad input")
)

func show(name string, ctx context.Context) {
	fmt.Printf("%s: %v, because %v\n", name, ctx.Err(), context.Cause(ctx))
}

func main() {
	root, cancelRoot := context.WithCancelCause(context.Background())
	a, cancelA := context.WithCancelCause(root)
	slow, cancelSlow := context.WithTimeoutCause(a, time.Millisecond, tooSlow)
	defer cancelSlow()
	plain, cancelPlain := context.WithTimeout(a, time.Hour)
	defer cancelPlain()
	b, cancelB := context.WithCancel(root)
	defer cancelB()
	show("root", root)
	<-slow.Done()
	show("slow", slow)
	cancelA(badInput)
	show("a", a)
	show("slow", slow)
	show("plain", plain)
	cancelA(shutdown)
	cancelRoot(shutdown)
	show("root", root)
	show("a", a)
	show("b", b)
	late, cancelLate := context.WithTimeoutCause(plain, 0, tooSlow)
	defer cancelLate()
	show("late", late)
	none, cancelNone := context.WithCancelCause(context.Background())
	cancelNone(nil)
	show("none", none)
}
