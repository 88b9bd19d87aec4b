// SPDX-License-Identifier: MIT

// A weighted semaphore: without contention, and eight goroutines that want 1 to 3 of 4.
// The standard library has none: this one does what that of x/sync promises.
package main

import (
	"sync"
	"sync/atomic"

	"goroutine.bench/report"
)

const (
	workers = 8
	size    = 4
)

type waiter struct {
	n    int64
	next *waiter
	wake chan struct{}
}

type weighted struct {
	mu          sync.Mutex
	free        int64
	first, last *waiter
}

func (s *weighted) acquire(n int64) {
	s.mu.Lock()
	if s.first == nil && s.free >= n {
		s.free -= n
		s.mu.Unlock()
		return
	}
	w := &waiter{n: n, wake: make(chan struct{})}
	if s.first == nil {
		s.first = w
	} else {
		s.last.next = w
	}
	s.last = w
	s.mu.Unlock()
	<-w.wake
}

func (s *weighted) release(n int64) {
	s.mu.Lock()
	s.free += n
	for s.first != nil && s.free >= s.first.n {
		s.free -= s.first.n
		close(s.first.wake)
		s.first = s.first.next
	}
	s.mu.Unlock()
}

var (
	sema = weighted{free: size}
	out  atomic.Int64
)

func use(n int, wg *sync.WaitGroup) {
	for i := range n {
		want := int64(1 + i%3)
		sema.acquire(want)
		if out.Add(want) > size {
			report.Fail("sema: too many out")
		}
		out.Add(-want)
		sema.release(want)
	}
	wg.Done()
}

func main() {
	n := report.Count()
	contended := n / 10
	start := report.Start()
	for range n {
		sema.acquire(2)
		sema.release(2)
	}
	report.PerOp("sema", start, n)
	var wg sync.WaitGroup
	start = report.Start()
	wg.Add(workers)
	for range workers {
		go use(contended/workers, &wg)
	}
	wg.Wait()
	report.PerOp("sema.contended", start, contended/workers*workers)
}
