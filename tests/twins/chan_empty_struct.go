// SPDX-License-Identifier: MIT

//go:build ignore

// Signals without a value: they take no room and are counted all the same.
package main

import "fmt"

type signal struct{}

const workers = 7

func main() {
	c := make(chan signal, 3)
	c <- signal{}
	c <- signal{}
	fmt.Println(len(c), "of", cap(c))
	c <- signal{}
	select {
	case c <- signal{}:
		fmt.Println("room for more: true")
	default:
		fmt.Println("room for more: false")
	}
	close(c)
	count := 0
	for range c {
		count++
	}
	fmt.Println("received", count)

	finished := make(chan signal)
	var slots [workers]int
	for i := range slots {
		go func() {
			slots[i] = i * i
			finished <- signal{}
		}()
	}
	for range slots {
		<-finished
	}
	sum := 0
	for _, v := range slots {
		sum += v
	}
	fmt.Println("sum", sum)
}
