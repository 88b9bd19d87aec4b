// SPDX-License-Identifier: MIT

//go:build ignore

// Transfers between accounts; locks are taken in the order of the accounts.
package main

import (
	"fmt"
	"sync"
)

const accounts, tellers, transfers = 6, 4, 500

type account struct {
	mu      sync.Mutex
	balance int
}

var bank [accounts]account

func transfer(from, to, amount int) {
	first, second := &bank[min(from, to)], &bank[max(from, to)]
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	bank[from].balance -= amount
	bank[to].balance += amount
}

func teller(id int) {
	seed := uint32(id)
	for i := 0; i < transfers; i++ {
		seed = seed*1664525 + 1013904223
		from := int(seed>>8) % accounts
		to := (from + 1 + int(seed>>16)%(accounts-1)) % accounts
		transfer(from, to, int(seed>>24))
	}
}

func main() {
	for i := range bank {
		bank[i].balance = 10000
	}
	var wg sync.WaitGroup
	for id := 1; id <= tellers; id++ {
		wg.Go(func() { teller(id) })
	}
	wg.Wait()

	total := 0
	for i := range bank {
		fmt.Println("account", i, "balance", bank[i].balance)
		total += bank[i].balance
	}
	fmt.Println("total", total)
}
