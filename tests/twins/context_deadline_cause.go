// SPDX-License-Identifier: MIT

//go:build ignore

// A deadline with a cause of its own; who was first decides, and a value stays.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var tooSlow, bored = errors.New("too slow"), errors.New("bored")

type nameKey struct{}

func show(what string, ctx context.Context) {
	name, ok := ctx.Value(nameKey{}).(string)
	if !ok {
		name = "nobody"
	}
	fmt.Printf("%s: %v because %v, for %s\n", what, ctx.Err(), context.Cause(ctx), name)
}

func main() {
	root := context.TODO()
	show("root", root)
	named := context.WithValue(root, nameKey{}, "ada")
	outside, cancelSlow := context.WithCancelCause(named)
	slow, stopSlow := context.WithDeadlineCause(outside, time.Now().Add(time.Millisecond), tooSlow)
	defer stopSlow()
	<-slow.Done()
	show("past its deadline", slow)
	cancelSlow(bored)
	show("cancelled afterwards", slow)

	early, cancel := context.WithDeadlineCause(named, time.Now().Add(time.Hour), tooSlow)
	show("before its deadline", early)
	cancel()
	show("cancelled before", early)

	outer, cancelOuter := context.WithCancelCause(named)
	inner, cancelInner := context.WithDeadlineCause(outer, time.Now().Add(time.Hour), tooSlow)
	defer cancelInner()
	cancelOuter(bored)
	show("cancelled from outside", inner)
	show("named", named)
}
