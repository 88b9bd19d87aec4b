// SPDX-License-Identifier: MIT

// One goroutine selects over four unbuffered channels, each with its sender.
package main

import (
	"goroutine.bench/report"
)

const senders = 4

func send(c chan<- int, n int) {
	for i := range n {
		c <- i
	}
}

func main() {
	each := report.Count() / senders
	var c [senders]chan int
	for i := range c {
		c[i] = make(chan int)
	}
	sum := 0
	start := report.Start()
	for i := range c {
		go send(c[i], each)
	}
	for range each * senders {
		select {
		case v := <-c[0]:
			sum += v
		case v := <-c[1]:
			sum += v
		case v := <-c[2]:
			sum += v
		case v := <-c[3]:
			sum += v
		}
	}
	report.PerOp("select4", start, each*senders)
	if sum != senders*(each*(each-1)/2) {
		report.Fail("select4: wrong sum %d", sum)
	}
}
