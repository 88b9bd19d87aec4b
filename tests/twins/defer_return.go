// SPDX-License-Identifier: MIT

//go:build ignore

// Deferred calls run whichever return is taken, the newest first.
package main

import "fmt"

func say(what string, n int) {
	fmt.Println(what, n)
}

func classify(v int) int {
	defer say("left with", v)
	if v < 0 {
		return -1
	}
	defer say("not negative", v)
	for i := 0; i < v; i++ {
		if i == 2 {
			return 2
		}
	}
	return 0
}

func main() {
	defer say("main ends", 0)
	for v := -1; v < 4; v++ {
		fmt.Printf("classify(%d) = %d\n", v, classify(v))
	}
}
