// SPDX-License-Identifier: MIT

//go:build ignore

// The sender closes the channel; that ends the loop of the receiver.
package main

import "fmt"

func fibonacci(n int, c chan<- int) {
	a, b := 0, 1
	for i := 0; i < n; i++ {
		c <- a
		a, b = b, a+b
	}
	close(c)
}

func main() {
	c := make(chan int, 5)
	go fibonacci(15, c)

	count, sum := 0, 0
	for v := range c {
		fmt.Println(v)
		count++
		sum += v
	}
	fmt.Println(count, "numbers, sum", sum)
}
