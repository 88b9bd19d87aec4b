// SPDX-License-Identifier: MIT

//go:build ignore

// A binary tree of contexts: cancelling any node ends exactly what is below it.
package main

import (
	"context"
	"fmt"
)

const n = 15

func show(cancelled int, node []context.Context) {
	fmt.Printf("%2d:", cancelled)
	for _, ctx := range node {
		ended := 0
		if ctx.Err() != nil {
			ended = 1
		}
		fmt.Printf(" %d", ended)
	}
	fmt.Println()
}

func main() {
	for victim := range n {
		node := make([]context.Context, n)
		cancel := make([]context.CancelFunc, n)
		for i := range n {
			parent := context.Background()
			if i > 0 {
				parent = node[(i-1)/2]
			}
			node[i], cancel[i] = context.WithCancel(parent)
		}
		cancel[victim]()
		show(victim, node)
		cancel[0]()
	}
}
