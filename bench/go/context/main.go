// SPDX-License-Identifier: MIT

// Contexts: make one below another, cancel it, let it go; the same with a deadline; and
// with its channel; one cancel for many children.
package main

import (
	"context"
	"time"

	"goroutine.bench/report"
)

const children = 1000

func oneByOne(name string, n int, parent context.Context, timeout time.Duration) {
	start := report.Start()
	for range n {
		var cancel context.CancelFunc
		if timeout > 0 {
			_, cancel = context.WithTimeout(parent, timeout)
		} else {
			_, cancel = context.WithCancel(parent)
		}
		cancel()
	}
	report.PerOp(name, start, n)
}

func allAtOnce(n int, parent context.Context) {
	var child [children]context.Context
	var cancelChild [children]context.CancelFunc
	start := report.Start()
	for i := 0; i < n; i += children {
		p, cancel := context.WithCancel(parent)
		for k := range children {
			child[k], cancelChild[k] = context.WithCancel(p)
		}
		cancel()
		for k := range children {
			cancelChild[k]()
		}
	}
	report.PerOp("context.family", start, n)
}

func waitedFor(n int, parent context.Context) {
	start := report.Start()
	for range n {
		ctx, cancel := context.WithCancel(parent)
		done := ctx.Done()
		cancel()
		<-done
	}
	report.PerOp("context.done", start, n)
}

func main() {
	n := report.Count()
	root, cancel := context.WithCancel(context.Background())
	defer cancel()
	oneByOne("context", n, root, 0)
	oneByOne("context.timeout", n, root, time.Hour)
	waitedFor(n, root)
	allAtOnce(n, root)
}
