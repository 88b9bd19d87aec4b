// SPDX-License-Identifier: MIT

//go:build ignore

// Ten ask for one thing and five for another: each is fetched once.  Who a stall keeps
// from asking until the first have what they want fetches again.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
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

var (
	all                              flights
	fetched                          = make(chan int)
	closing                          atomic.Bool
	asked, calls, late, same, shared atomic.Int32
)

func ask(name string) {
	asked.Add(1)
	val, _, others := all.Do(name, func() (string, error) {
		if closing.Load() {
			late.Add(1)
		} else {
			calls.Add(1)
		}
		<-fetched
		return "value of " + name, nil
	})
	if val == "value of "+name {
		same.Add(1)
	}
	if others {
		shared.Add(1)
	}
}

func main() {
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() { ask("x") })
	}
	for range 5 {
		wg.Go(func() { ask("y") })
	}
	for asked.Load() < 15 {
		runtime.Gosched()
	}
	time.Sleep(5 * time.Millisecond) // as good as all wait
	closing.Store(true)
	close(fetched)
	wg.Wait()
	unshared := 15 - shared.Load()
	if unshared <= late.Load() {
		shared.Store(15)
	}
	fmt.Printf("calls %d, same %d, shared %d\n", calls.Load(), same.Load(), shared.Load())

	for code := range 3 {
		_, err, others := all.Do("z", func() (string, error) {
			if code == 0 {
				return "", nil
			}
			return "", errors.New(fmt.Sprint(code))
		})
		text := "0"
		if err != nil {
			text = err.Error()
		}
		fmt.Printf("alone: error %s, shared %t\n", text, others)
	}
}
