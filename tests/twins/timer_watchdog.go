// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// A watchdog that is fed by resets, until nobody feeds it.
package main

import (
	"fmt"
	"time"
)

const (
	patience = 300 * time.Millisecond
	meal     = 5 * time.Millisecond
)

func feed(food chan int) {
	for i := 1; i <= 5; i++ {
		time.Sleep(meal)
		food <- i
	}
}

func main() {
	food := make(chan int)
	dog := time.NewTimer(patience)
	go feed(food)
	for fed := true; fed; {
		select {
		case n := <-food:
			fmt.Printf("meal %d, in time: %v\n", n, dog.Reset(patience))
		case <-dog.C:
			fmt.Println("barks")
			fed = false
		}
	}
}
