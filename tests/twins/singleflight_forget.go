// SPDX-License-Identifier: MIT

//go:build ignore

// What is under way when its key is forgotten is not given to those who ask later.
package main

import (
	"fmt"
	"sync"
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

func (s *flights) Forget(key string) {
	s.mu.Lock()
	delete(s.m, key)
	s.mu.Unlock()
}

func main() {
	var all flights
	oldGoesOn, begun, out := make(chan int), make(chan int), make(chan string)
	go func() {
		val, _, _ := all.Do("k", func() (string, error) {
			begun <- 1
			<-oldGoesOn
			return "old", nil
		})
		out <- val
	}()
	<-begun
	all.Forget("k")
	val, _, _ := all.Do("k", func() (string, error) { return "new", nil })
	fmt.Println("later:", val)
	close(oldGoesOn)
	fmt.Println("earlier:", <-out)
	all.Forget("nothing under way")
}
