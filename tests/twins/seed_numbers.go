// SPDX-License-Identifier: MIT

//go:build ignore

// A goroutine sends five numbers, slowly; main receives them as they come.
package main

import (
	"fmt"
	"time"
)

func printNumbers(c chan int) {
	for i := 1; i <= 5; i++ {
		c <- i
		time.Sleep(50 * time.Millisecond)
	}
	close(c)
}

func main() {
	c := make(chan int)
	go printNumbers(c)

	for num := range c {
		fmt.Println("Received:", num)
	}
}
