// SPDX-License-Identifier: MIT

//go:build ignore

// Seats as bits: whoever sets one that was clear has it; all are given away once.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const words, seats, guests = 4, 256, 8

var taken [words]atomic.Uint64

func take(seat int) bool {
	bit := uint64(1) << (seat % 64)
	return taken[seat/64].Or(bit)&bit == 0
}

func giveBack(seat int) bool {
	bit := uint64(1) << (seat % 64)
	return taken[seat/64].And(^bit)&bit != 0
}

func guest(id int, got *int) {
	for i := 0; i < seats; i++ {
		if take((i*7 + id*31) % seats) {
			*got++
		}
	}
}

func main() {
	var got [guests]int
	var wg sync.WaitGroup
	for id := range got {
		wg.Go(func() { guest(id, &got[id]) })
	}
	wg.Wait()
	total, freed := 0, 0
	for _, n := range got {
		total += n
	}
	fmt.Println("seats", seats, "given", total)
	for seat := 0; seat < seats; seat += 3 {
		if giveBack(seat) {
			freed++
		}
	}
	fmt.Printf("freed %d, again %v\n", freed, giveBack(0))
	for w := range taken {
		fmt.Printf("%016x\n", taken[w].Load())
	}
}
