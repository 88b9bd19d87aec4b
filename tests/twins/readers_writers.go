// SPDX-License-Identifier: MIT

//go:build ignore

// Readers and writers kept apart by a goroutine that lets them in: many readers at
// once, a writer alone.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

const readers, writers, times = 4, 2, 50

type doors struct{ startRead, endRead, startWrite, endWrite, quit chan bool }

func doorkeeper(d doors) {
	readers := 0
	for {
		write := d.startWrite
		if readers > 0 {
			write = nil
		}
		select {
		case <-d.startRead:
			readers++
		case <-d.endRead:
			readers--
		case <-write:
			<-d.endWrite
		case <-d.quit:
			return
		}
	}
}

var first, second int // equal but for a writer

func reader(d doors, torn *int) {
	for i := 0; i < times; i++ {
		d.startRead <- true
		if first != second {
			*torn++
		}
		d.endRead <- true
	}
}

func writer(d doors) {
	for i := 0; i < times; i++ {
		d.startWrite <- true
		first++
		runtime.Gosched()
		second++
		d.endWrite <- true
	}
}

func main() {
	d := doors{make(chan bool), make(chan bool), make(chan bool), make(chan bool), make(chan bool)}
	go doorkeeper(d)
	var torn [readers]int
	var wg sync.WaitGroup
	for i := range torn {
		wg.Go(func() { reader(d, &torn[i]) })
	}
	for i := 0; i < writers; i++ {
		wg.Go(func() { writer(d) })
	}
	wg.Wait()
	d.quit <- true
	allTorn := 0
	for _, n := range torn {
		allTorn += n
	}
	fmt.Printf("written %d %d, torn reads %d\n", first, second, allTorn)
}
