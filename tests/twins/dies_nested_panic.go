// SPDX-License-Identifier: MIT

//go:build ignore

// An uncaught panic runs what was deferred, and is told first.
package main

import "fmt"

func say(s string) {
	fmt.Println(s)
}

func fail(text string) {
	panic(text)
}

func main() {
	defer say("deferred first")
	defer fail("second")
	defer say("deferred last")
	panic("first")
}
