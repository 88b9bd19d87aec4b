// SPDX-License-Identifier: MIT

//go:build ignore

// A lift that is a goroutine: calls come in while it stands, then it goes up to
// the highest and down to the lowest, and says where it stops.
package main

import "fmt"

const floors = 10

type stop struct{ floor, passed int }

func lift(calls <-chan int, start <-chan bool, stops chan<- stop) {
	var wanted [floors]bool
	floor, passed, waiting, direction := 0, 0, 0, 1
	for running := true; running; {
		// Calls are taken while it stands; it stands until it is started.
		select {
		case call := <-calls:
			if !wanted[call] {
				waiting++
			}
			wanted[call] = true
			continue
		case _, running = <-start:
		}
		for waiting > 0 {
			if wanted[floor] {
				wanted[floor] = false
				waiting--
				stops <- stop{floor, passed}
			}
			if floor+direction < 0 || floor+direction >= floors {
				direction = -direction
			}
			if waiting > 0 {
				floor += direction
				passed++
			}
		}
		stops <- stop{-1, passed}
	}
	close(stops)
}

func main() {
	trips := [][]int{{3, 7, 1, 3}, {9, 0, 4, 4}, {2, 2, 2, 2}}
	calls, start, stops := make(chan int), make(chan bool), make(chan stop)
	go lift(calls, start, stops)
	for t, trip := range trips {
		for _, call := range trip {
			calls <- call
		}
		start <- true
		for s := <-stops; s.floor >= 0; s = <-stops {
			fmt.Println("trip", t, "stops at", s.floor, "after", s.passed, "floors")
		}
	}
	close(start)
	left := 0
	for s := range stops {
		if s.floor >= 0 {
			left++
		}
	}
	fmt.Println("stops after the last trip", left)
}
