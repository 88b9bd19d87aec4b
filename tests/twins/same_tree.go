// SPDX-License-Identifier: MIT

//go:build ignore

// Two trees of different shape hold the same numbers: walk both at once, by
// channels, and compare.
package main

import "fmt"

type tree struct {
	left, right *tree
	value       int
}

func insert(at **tree, v int) {
	for *at != nil {
		if v < (*at).value {
			at = &(*at).left
		} else {
			at = &(*at).right
		}
	}
	*at = &tree{value: v}
}

func visit(t *tree, c chan<- int) {
	if t != nil {
		visit(t.left, c)
		c <- t.value
		visit(t.right, c)
	}
}

func walk(t *tree, c chan<- int) {
	visit(t, c)
	close(c)
}

func same(a, b *tree) bool {
	ca, cb := make(chan int), make(chan int)
	go walk(a, ca)
	go walk(b, cb)
	equal := true
	for {
		va, oka := <-ca
		vb, okb := <-cb
		equal = equal && oka == okb && va == vb
		if !oka && !okb {
			return equal
		}
	}
}

func main() {
	var up, down, other *tree
	for i := 1; i <= 20; i++ {
		insert(&up, i)
		insert(&down, 21-i)
		insert(&other, i*i)
	}
	fmt.Println("up and down:", same(up, down))
	fmt.Println("up and other:", same(up, other))
	fmt.Println("up and itself:", same(up, up))
}
