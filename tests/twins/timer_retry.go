// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// Retry with a wait that doubles, beside a limit for all of it; one timer for the waits.
package main

import (
	"fmt"
	"time"
)

func attempt(succeedsAt int, limit time.Duration) int {
	over := time.After(limit)
	wait := time.NewTimer(0)
	defer wait.Stop()
	tries := 0
	for d := time.Millisecond; ; d *= 2 {
		select {
		case <-wait.C:
		case <-over:
			return -1
		}
		if tries++; tries == succeedsAt {
			return tries
		}
		wait.Reset(d)
	}
}

func main() {
	fmt.Println("at once:", attempt(1, time.Minute))
	fmt.Println("third time:", attempt(3, time.Minute))
	fmt.Println("too late:", attempt(30, 40*time.Millisecond))
}
