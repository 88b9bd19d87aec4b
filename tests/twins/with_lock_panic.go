// SPDX-License-Identifier: MIT

//go:build ignore

// A lock held by a scope is given back when a panic leaves it.
package main

import (
	"fmt"
	"sync"
)

var (
	m       sync.Mutex
	balance = 100
)

func withdraw(n int) {
	m.Lock()
	defer m.Unlock()
	if n > balance {
		panic(fmt.Sprintf("%d is more than %d", n, balance))
	}
	balance -= n
}

func customer(n int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("refused:", r)
		} else {
			fmt.Println("paid", n)
		}
	}()
	withdraw(n)
}

func main() {
	for _, n := range []int{30, 80, 70, 1} {
		var wg sync.WaitGroup
		wg.Go(func() { customer(n) })
		wg.Wait()
	}
	fmt.Printf("balance %d, unlocked: %v\n", balance, m.TryLock())
}
