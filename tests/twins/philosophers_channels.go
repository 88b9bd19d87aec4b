// SPDX-License-Identifier: MIT

//go:build ignore

// Philosophers whose forks are channels with one fork in each: taken by receiving,
// laid down by sending; the last one is left-handed.
package main

import "fmt"

const seats, meals = 5, 60

type fork struct{ number, uses int }

func dine(first, second chan fork, done chan<- int) {
	for i := 0; i < meals; i++ {
		a := <-first
		b := <-second
		a.uses++
		b.uses++
		first <- a
		second <- b
	}
	done <- meals
}

func main() {
	var table [seats]chan fork
	for i := range table {
		table[i] = make(chan fork, 1)
		table[i] <- fork{i, 0}
	}
	done := make(chan int)
	for i := 0; i < seats-1; i++ {
		go dine(table[i], table[i+1], done)
	}
	go dine(table[0], table[seats-1], done)
	sum := 0
	for range table {
		sum += <-done
	}
	fmt.Println("meals", sum)
	for _, place := range table {
		f := <-place
		fmt.Println("fork", f.number, "was used", f.uses, "times")
	}
}
