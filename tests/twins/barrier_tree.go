// SPDX-License-Identifier: MIT

//go:build ignore

// A barrier without a lock: workers report up a tree of channels, and the root's
// answer comes down again.
package main

import (
	"fmt"
	"sync"
)

const workers, phases = 7, 6

var up, down [workers]chan int
var phaseOf [workers]int // each its own

// arrive sends the sum of the phases below up, and returns the root's total.
func arrive(id int) int {
	sum := phaseOf[id]
	for child := 2*id + 1; child <= 2*id+2 && child < workers; child++ {
		sum += <-up[child]
	}
	total := sum
	if id > 0 {
		up[id] <- sum
		total = <-down[id]
	}
	for child := 2*id + 1; child <= 2*id+2 && child < workers; child++ {
		down[child] <- total
	}
	return total
}

func worker(id int, wrong *int) {
	for p := 1; p <= phases; p++ {
		phaseOf[id] = p
		total := arrive(id)
		if total != p*workers {
			*wrong++
		}
		if id == 0 {
			fmt.Println("phase", p, "total", total)
		}
	}
}

func main() {
	var wrong [workers]int
	for id := range up {
		up[id], down[id] = make(chan int), make(chan int)
	}
	var wg sync.WaitGroup
	for id := range wrong {
		wg.Go(func() { worker(id, &wrong[id]) })
	}
	wg.Wait()
	all := 0
	for _, n := range wrong {
		all += n
	}
	fmt.Println("wrong totals", all)
}
