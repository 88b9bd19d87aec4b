// SPDX-License-Identifier: MIT

//go:build ignore

// A panic in a deferred call replaces the first, unless it is recovered there.
package main

import "fmt"

func fail(text string) {
	fmt.Println("panicking:", text)
	panic(text)
}

func cleanup() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("cleanup recovered:", r)
		}
	}()
	fail("while cleaning up")
}

func replaced() {
	defer fail("the second")
	panic("the first")
}

func kept() {
	defer cleanup()
	panic("the only one")
}

func tryIt(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered:", r)
		} else {
			fmt.Println("no panic")
		}
	}()
	f()
}

func calm() {
}

func main() {
	tryIt(replaced)
	tryIt(kept)
	tryIt(calm)
}
