// SPDX-License-Identifier: MIT

//go:build ignore

// Waiting for what another one fetches, but not for ever; the flight goes on.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type flight struct {
	done  chan bool
	value string
}

type flights struct {
	mu sync.Mutex
	m  map[string]*flight
}

// do starts fn in a goroutine of its own unless it is under way, and waits.
func (s *flights) do(ctx context.Context, key string, fn func() string) (string, error) {
	s.mu.Lock()
	f, ok := s.m[key]
	if !ok {
		f = &flight{done: make(chan bool)}
		s.m[key] = f
		go func() {
			f.value = fn()
			s.mu.Lock()
			delete(s.m, key)
			s.mu.Unlock()
			close(f.done)
		}()
	}
	s.mu.Unlock()
	select {
	case <-f.done:
		return f.value, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

var begun, finish = make(chan int), make(chan int)
var calls int

func fetch() string {
	calls++
	begun <- calls
	<-finish
	if calls == 1 {
		return "first"
	}
	return "second"
}

func show(what, value string, err error) {
	if err != nil {
		fmt.Printf("%s: %v\n", what, err)
	} else {
		fmt.Printf("%s: %s\n", what, value)
	}
}

func main() {
	s := &flights{m: make(map[string]*flight)}
	result := make(chan string)
	never := context.Background()
	ctx, cancel := context.WithCancel(never)
	cancel()
	go func() {
		v, _ := s.do(never, "key", fetch)
		result <- v
	}()
	<-begun

	soon, cancelSoon := context.WithTimeout(never, 2*time.Millisecond)
	defer cancelSoon()
	v, err := s.do(soon, "key", fetch)
	show("until soon", v, err)
	v, err = s.do(ctx, "key", fetch)
	show("cancelled", v, err)
	finish <- 0
	fmt.Println("who began:", <-result)

	go func() {
		<-begun
		finish <- 0
	}()
	v, err = s.do(never, "key", fetch)
	show("once more", v, err)
	fmt.Println("calls", calls)
}
