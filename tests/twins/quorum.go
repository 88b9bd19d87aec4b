// SPDX-License-Identifier: MIT

//go:build ignore

// Ask seven replicas, go on with the first four answers; the others find a buffer
// and need nobody to receive them.
package main

import (
	"fmt"
	"sync"
)

const replicas, quorum = 7, 4

type answer struct{ version, value int }

func replica(id int, out chan<- answer, wg *sync.WaitGroup) {
	// Any four of them have one of the newest version among them.
	version := 2
	if id%2 == 1 || id == 0 {
		version = 3
	}
	out <- answer{version, version * 111}
	wg.Done()
}

func ask(answers <-chan answer) (best answer) {
	for i := 0; i < quorum; i++ {
		if a := <-answers; a.version > best.version {
			best = a
		}
	}
	return best
}

func main() {
	for round := 1; round <= 5; round++ {
		answers := make(chan answer, replicas)
		var wg sync.WaitGroup
		wg.Add(replicas)
		for id := 0; id < replicas; id++ {
			go replica(id, answers, &wg)
		}
		best := ask(answers)
		wg.Wait()
		fmt.Printf("round %d version %d value %d, too late %d\n", round, best.version, best.value,
			len(answers))
	}
}
