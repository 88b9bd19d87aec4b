// SPDX-License-Identifier: MIT

//go:build ignore

// Waits for a group and for an announcement that end when the time is up.
package main

import (
	"fmt"
	"sync"
	"time"
)

func word(ok bool) string {
	if ok {
		return "in time"
	}
	return "too late"
}

const soon = 3 * time.Millisecond

func waitFor(wg *sync.WaitGroup, d time.Duration) bool {
	done := make(chan bool)
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(d):
		return false
	}
}

type mailbox struct {
	mu      sync.Mutex
	arrived chan bool // holds a signal nobody has waited for yet
	letters int       // mu
}

// take waits for a letter with the mutex held, which it also has afterwards.
func (box *mailbox) take(d time.Duration) bool {
	over := time.After(d)
	for box.letters == 0 {
		box.mu.Unlock()
		select {
		case <-box.arrived:
			box.mu.Lock()
		case <-over:
			box.mu.Lock()
			return false
		}
	}
	box.letters--
	return true
}

func (box *mailbox) post() {
	box.mu.Lock()
	defer box.mu.Unlock()
	box.letters++
	box.arrived <- true
}

func main() {
	var wg sync.WaitGroup
	gate := make(chan bool)
	fmt.Println("nothing to wait for:", word(waitFor(&wg, time.Hour)))
	wg.Go(func() { <-gate })
	wg.Go(func() { <-gate })
	fmt.Println("none is done:", word(waitFor(&wg, soon)))
	gate <- true
	fmt.Println("one is done:", word(waitFor(&wg, soon)))
	gate <- true
	fmt.Println("both are done:", word(waitFor(&wg, time.Hour)))

	box := &mailbox{arrived: make(chan bool, 1)}
	box.mu.Lock()
	fmt.Println("no letter:", word(box.take(soon)))
	fmt.Println("still locked:", !box.mu.TryLock())
	go box.post()
	fmt.Println("a letter:", word(box.take(time.Hour)))
	last := box.take(soon)
	fmt.Printf("no other: %s, %d left\n", word(last), box.letters)
	box.mu.Unlock()
}
