// SPDX-License-Identifier: MIT

//go:build ignore

// The earliest deadline on the way to the root is the one that counts.
package main

import (
	"context"
	"fmt"
	"time"
)

var start time.Time

func show(name string, ctx context.Context) {
	if t, ok := ctx.Deadline(); ok {
		fmt.Printf("%s: %d ms\n", name, t.Sub(start).Milliseconds())
	} else {
		fmt.Printf("%s: no deadline\n", name)
	}
}

func after(parent context.Context, d time.Duration) context.Context {
	ctx, cancel := context.WithDeadline(parent, start.Add(d))
	context.AfterFunc(ctx, cancel)
	return ctx
}

func main() {
	start = time.Now()
	root := context.Background()
	a, cancelA := context.WithCancel(root)
	defer cancelA()
	b := after(a, time.Minute)
	c := after(b, time.Hour)
	d := after(c, 5*time.Millisecond)
	e, cancelE := context.WithCancel(d)
	defer cancelE()
	f := context.WithoutCancel(e)
	g := after(f, time.Hour)
	names := []string{"root", "a", "b", "c", "d", "e", "f", "g"}
	for i, ctx := range []context.Context{root, a, b, c, d, e, f, g} {
		show(names[i], ctx)
	}
	<-e.Done()
	fmt.Printf("e: %v\n", e.Err())
	fmt.Printf("c: %v\n", c.Err())
	h := after(after(a, 10*time.Millisecond), time.Hour)
	<-h.Done()
	fmt.Printf("h: %v\n", h.Err())
	fmt.Printf("a: %v\n", a.Err())
	fmt.Printf("g: %v\n", g.Err())
}
