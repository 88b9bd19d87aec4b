// SPDX-License-Identifier: MIT

//go:build ignore

// A capacity that is negative panics.
package main

import "fmt"

func main() {
	for n := 2; n >= -1; n-- {
		c := make(chan int64, n)
		fmt.Println("room for", cap(c))
	}
}
