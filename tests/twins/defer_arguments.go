// SPDX-License-Identifier: MIT

//go:build ignore

// Arguments of a deferred call are evaluated at once; a pointer sees what comes later.
package main

import "fmt"

var nextTicket int

func ticket() int {
	nextTicket++
	return nextTicket
}

func show(ticketAtDefer int, now *int) {
	fmt.Printf("ticket %d, counter now %d\n", ticketAtDefer, *now)
}

func work() {
	counter := 10
	defer show(ticket(), &counter)
	counter += 5
	defer show(ticket(), &counter)
	counter += 5
	fmt.Printf("tickets given: %d\n", nextTicket)
}

func main() {
	work()
	work()
}
