// SPDX-License-Identifier: MIT

//go:build ignore

// Wait for a value, but not for ever.
package main

import (
	"fmt"
	"time"
)

func wait(c <-chan int, limit time.Duration) {
	select {
	case v := <-c:
		fmt.Println("got", v)
	case <-time.After(limit):
		fmt.Println("timed out")
	}
}

func answer(c chan<- int, v int) {
	time.Sleep(5 * time.Millisecond)
	c <- v
}

func main() {
	c := make(chan int)

	wait(c, 20*time.Millisecond) // nobody sends
	go answer(c, 42)
	wait(c, time.Minute)
	wait(c, 20*time.Millisecond)
	go answer(c, 43)
	wait(c, time.Minute)
}
