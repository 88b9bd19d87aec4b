// SPDX-License-Identifier: MIT

//go:build ignore

// A barber sleeps until a customer comes; who finds no free chair goes away.  The
// shop is filled before it opens, so that who stays is known.
package main

import "fmt"

const chairCount, customers = 3, 8

type customer struct {
	id  int
	cut chan<- int
}

func barber(chairs <-chan customer, open <-chan bool, earned chan<- int) {
	cuts := 0
	<-open
	for c := range chairs {
		cuts++
		c.cut <- cuts
	}
	earned <- cuts
}

func main() {
	chairs := make(chan customer, chairCount)
	open, earned := make(chan bool), make(chan int)
	go barber(chairs, open, earned)

	cut := make(chan int, customers)
	for id := 1; id <= customers; id++ {
		select {
		case chairs <- customer{id, cut}:
			fmt.Println("customer", id, "sits down")
		default:
			fmt.Println("customer", id, "goes away")
		}
	}
	close(open)
	for id := 101; id <= 104; id++ { // these wait for a chair
		chairs <- customer{id, cut}
	}
	close(chairs)
	cuts, last := <-earned, 0
	close(cut)
	for number := range cut {
		last = number
	}
	fmt.Printf("cuts %d, the last customer was number %d\n", cuts, last)
}
