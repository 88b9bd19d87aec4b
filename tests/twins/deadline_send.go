// SPDX-License-Identifier: MIT

//go:build ignore

// A send with a deadline: too late on a full channel, at once where there is
// room, also when the time has passed.
package main

import (
	"fmt"
	"time"
)

func send(c chan<- int, v int, timeout <-chan time.Time) {
	select {
	case c <- v:
		fmt.Println(v, "sent")
	case <-timeout:
		fmt.Println(v, "too late")
	}
}

func reader(c <-chan int, sum chan<- int) {
	total := 0
	for v := range c {
		total += v
	}
	sum <- total
}

func main() {
	c, sum := make(chan int, 1), make(chan int)
	send(c, 1, time.After(time.Hour))
	start := time.Now()
	send(c, 2, time.After(10*time.Millisecond))
	fmt.Println("gave up too early:", time.Since(start) < 10*time.Millisecond)
	send(nil, 3, time.After(time.Millisecond))

	go reader(c, sum)
	for v := 4; v <= 8; v++ {
		send(c, v, nil)
	}
	close(c)
	fmt.Println("received in all", <-sum)
}
