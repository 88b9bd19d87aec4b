// SPDX-License-Identifier: MIT

//go:build ignore

// A table of handlers with a hole in it: starting no function is fatal.
package main

import "fmt"

var out = make(chan string)

func greet() { out <- "hello" }
func part()  { out <- "good bye" }

func main() {
	for _, handler := range []func(){greet, part, nil} {
		go handler()
		fmt.Println(<-out)
	}
}
