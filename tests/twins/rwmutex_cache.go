// SPDX-License-Identifier: MIT

//go:build ignore

// A cache that many read and few fill: each square is computed once.
package main

import (
	"fmt"
	"sync"
)

const (
	keys    = 50
	readers = 8
	rounds  = 200
)

var (
	m        sync.RWMutex
	squares  [keys]int
	computed int
)

func square(key int) int {
	m.RLock()
	s := squares[key]
	m.RUnlock()
	if s != 0 {
		return s
	}
	m.Lock()
	defer m.Unlock()
	if squares[key] == 0 {
		squares[key] = key*key + 1
		computed++
	}
	return squares[key]
}

func main() {
	sums := make(chan int)
	for i := 0; i < readers; i++ {
		go func() {
			sum := 0
			for i := 0; i < rounds; i++ {
				sum += square(i % keys)
			}
			sums <- sum
		}()
	}
	for i := 0; i < readers; i++ {
		fmt.Println("sum", <-sums)
	}
	fmt.Println("computed", computed)
}
