// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// A watchdog that is fed by resets, until nobody feeds it.
package main

import (
	"fmt"
	"time"
)

// Patience is long until the last meal: a stall is no hunger.
const (
	meals    = 5
	meal     = 5 * time.Millisecond
	patience = 20 * time.Millisecond
)

func feed(food chan int) {
	for i := 1; i <= meals; i++ {
		time.Sleep(meal)
		food <- i
	}
}

func main() {
	food := make(chan int)
	dog := time.NewTimer(time.Hour)
	go feed(food)
	for fed := true; fed; {
		select {
		case n := <-food:
			d := time.Hour
			if n == meals {
				d = patience
			}
			fed = dog.Reset(d)
			fmt.Printf("meal %d, in time: %v\n", n, fed)
		case <-dog.C:
			fmt.Println("barks")
			fed = false
		}
	}
}
