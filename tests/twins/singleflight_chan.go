// SPDX-License-Identifier: MIT

//go:build ignore

// Results by channel: who waits too long takes what is at hand; the flight goes on.
package main

import (
	"fmt"
	"sync"
	"time"
)

type flight struct {
	done   chan struct{}
	val    string
	err    error
	others int
}

type flights struct {
	mu sync.Mutex
	m  map[string]*flight
}

func (s *flights) board(key string) (*flight, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.m[key]; ok {
		f.others++
		return f, false
	}
	if s.m == nil {
		s.m = make(map[string]*flight)
	}
	f := &flight{done: make(chan struct{})}
	s.m[key] = f
	return f, true
}

func (s *flights) fly(key string, f *flight, fn func() (string, error)) {
	f.val, f.err = fn()
	s.mu.Lock()
	if s.m[key] == f {
		delete(s.m, key)
	}
	s.mu.Unlock()
	close(f.done)
}

func (s *flights) Do(key string, fn func() (string, error)) (string, error, bool) {
	f, mine := s.board(key)
	if mine {
		s.fly(key, f, fn)
	}
	<-f.done
	return f.val, f.err, f.others > 0
}

type result struct {
	val    string
	err    error
	shared bool
}

func (s *flights) DoChan(key string, fn func() (string, error)) <-chan result {
	out := make(chan result, 1)
	f, mine := s.board(key)
	go func() {
		if mine {
			s.fly(key, f, fn)
		}
		<-f.done
		out <- result{f.val, f.err, f.others > 0}
	}()
	return out
}

func main() {
	var all flights
	goOn := make(chan int)
	load := func() (string, error) {
		<-goOn
		return "fresh", nil
	}
	first, second := all.DoChan("k", load), all.DoChan("k", load)
	select {
	case r := <-first:
		fmt.Println("first:", r.val)
	case <-time.After(2 * time.Millisecond):
		fmt.Println("first: stale")
	}
	goOn <- 1
	r := <-second
	fmt.Printf("second: %s, shared %t\n", r.val, r.shared)
	r = <-first
	fmt.Printf("first: %s, shared %t\n", r.val, r.shared)

	third := all.DoChan("k", load)
	goOn <- 1
	r = <-third
	fmt.Printf("third: %s, shared %t\n", r.val, r.shared)
}
