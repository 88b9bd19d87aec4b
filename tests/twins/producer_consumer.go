// SPDX-License-Identifier: MIT

//go:build ignore

// The consumer decides when there is enough and tells the producer to stop.
package main

import "fmt"

func producer(items chan<- int, quit <-chan struct{}, bye chan<- string) {
	for i := 1; ; i++ {
		select {
		case items <- i * 10:
		case <-quit:
			close(items)
			bye <- "producer stopped"
			return
		}
	}
}

func main() {
	items := make(chan int)
	quit := make(chan struct{})
	bye := make(chan string)
	go producer(items, quit, bye)

	for sum := 0; sum < 150; {
		item := <-items
		sum += item
		fmt.Println("item", item, "sum", sum)
	}
	close(quit)
	fmt.Println(<-bye)
	_, ok := <-items
	fmt.Println("more items:", ok)
}
