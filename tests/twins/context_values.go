// SPDX-License-Identifier: MIT

//go:build ignore

// Values travel with the context of a request; an inner one hides an outer one.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type key int

const (
	user key = iota
	trace
	locale
)

func text(v any) string {
	if v == nil {
		return "none"
	}
	return v.(string)
}

func show(where string, ctx context.Context) {
	fmt.Printf("%s: user %s, trace %s, locale %s\n", where, text(ctx.Value(user)),
		text(ctx.Value(trace)), text(ctx.Value(locale)))
}

func store(ctx context.Context, wg *sync.WaitGroup) {
	show("store", context.WithValue(ctx, user, "system"))
	wg.Done()
}

func handle(ctx context.Context) {
	var wg sync.WaitGroup
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	traced := context.WithValue(limited, trace, "t-17")
	show("handle", traced)
	wg.Add(1)
	go store(traced, &wg)
	wg.Wait()
	show("handle", traced)
	cancel()
	show("cancelled", traced)
	show("audit", context.WithoutCancel(traced))
}

func main() {
	show("root", context.Background())
	a := context.WithValue(context.Background(), locale, "de")
	b := context.WithValue(a, user, "ada")
	handle(b)
	show("request", b)
	show("server", a)
}
