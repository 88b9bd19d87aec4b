// SPDX-License-Identifier: MIT

//go:build ignore

// A panic runs the deferred calls of every frame up to the one that recovers.
package main

import "fmt"

func enter(depth int) {
	fmt.Println("enter", depth)
}

func leave(depth int) {
	fmt.Println("leave", depth)
}

func descend(depth int) {
	enter(depth)
	defer leave(depth)
	if depth == 4 {
		panic(fmt.Sprintf("too deep: %d", depth))
	}
	descend(depth + 1)
	fmt.Println("never printed")
}

func main() {
	func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("recovered:", r)
			}
		}()
		descend(0)
	}()
	fmt.Println("main goes on")
}
