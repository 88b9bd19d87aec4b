// SPDX-License-Identifier: MIT

//go:build ignore

// A generator that recurses: it stands still deep inside, in the middle of its
// loops, whenever nobody asks for more.
package main

import "fmt"

const n = 5

type permutation [n]byte

func (p *permutation) generate(k int, out chan<- permutation, stop <-chan bool) bool {
	if k == n {
		select {
		case out <- *p:
			return true
		case <-stop:
			return false
		}
	}
	for i := k; i < n; i++ {
		c := p[i] // the rest keeps its order
		copy(p[k+1:i+1], p[k:i])
		p[k] = c
		if !p.generate(k+1, out, stop) {
			return false
		}
		copy(p[k:i], p[k+1:i+1])
		p[i] = c
	}
	return true
}

func start(out chan<- permutation, stop <-chan bool, complete chan<- bool) {
	p := permutation([]byte("abcde"))
	all := p.generate(0, out, stop)
	close(out)
	complete <- all
}

func list(wanted int) {
	out, stop, complete := make(chan permutation), make(chan bool), make(chan bool)
	go start(out, stop, complete)
	count := 0
	for p := range out {
		count++
		if count%10 == 1 {
			fmt.Printf("%d: %s\n", count, p[:])
		}
		if count == wanted {
			break
		}
	}
	close(stop)
	fmt.Printf("%d of them, complete: %v\n", count, <-complete)
}

func main() {
	list(33)
	list(1000)
}
