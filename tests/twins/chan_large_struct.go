// SPDX-License-Identifier: MIT

//go:build ignore

// Elements of four kilobytes are copied whole: through a buffer, and from
// goroutine to goroutine.
package main

import "fmt"

type page struct{ words [1024]uint32 }

func (p *page) fill(seed uint32) {
	for i := range p.words {
		seed = seed*1664525 + 1013904223
		p.words[i] = seed
	}
}

func (p *page) sum() uint32 {
	s := uint32(0)
	for _, w := range p.words {
		s = s*31 + w
	}
	return s
}

func writer(out chan<- page) {
	var p page
	for seed := uint32(1); seed <= 5; seed++ {
		p.fill(seed)
		out <- p
		p.fill(0) // what was sent is a copy
	}
	close(out)
}

func pass(room int) {
	c := make(chan page, room)
	go writer(c)
	for p := range c {
		fmt.Printf("room %d: %d\n", room, p.sum())
	}
	p := <-c
	fmt.Println("after the end:", p.sum())
}

func main() {
	pass(0)
	pass(2)
	pass(8)
}
