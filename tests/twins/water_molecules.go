// SPDX-License-Identifier: MIT

//go:build ignore

// Two hydrogens and one oxygen go together: three atoms at a time, whoever comes.
package main

import (
	"fmt"
	"sync"
)

const molecules = 30

type vessel struct {
	hydrogen, oxygen  chan bool // places for the next molecule
	mu                sync.Mutex
	full              *sync.Cond
	inside, molecules int    // mu
	counts            [2]int // mu: of the atoms inside
	wrong             int    // mu
}

// bond waits for the other two.
func (v *vessel) bond(kind int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.molecules
	v.counts[kind]++
	v.inside++
	if v.inside == 3 {
		if v.counts != [2]int{2, 1} {
			v.wrong++
		}
		v.inside, v.counts = 0, [2]int{}
		v.molecules++
		v.full.Broadcast()
		<-v.hydrogen // room for the next
		<-v.hydrogen
		<-v.oxygen
	}
	for v.molecules == now {
		v.full.Wait()
	}
}

func (v *vessel) atom(kind int) {
	if kind == 0 {
		v.hydrogen <- true
	} else {
		v.oxygen <- true
	}
	v.bond(kind)
}

func main() {
	v := &vessel{hydrogen: make(chan bool, 2), oxygen: make(chan bool, 1)}
	v.full = sync.NewCond(&v.mu)
	var wg sync.WaitGroup
	for i := 0; i < 2*molecules; i++ {
		wg.Go(func() { v.atom(0) })
	}
	for i := 0; i < molecules; i++ {
		wg.Go(func() { v.atom(1) })
	}
	wg.Wait()
	fmt.Printf("molecules %d wrong %d left over %d\n", v.molecules, v.wrong, v.inside)
}
