// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// Several goroutines wait for one timer: each firing wakes one of them.
package main

import (
	"fmt"
	"time"
)

const waiters = 4

func main() {
	woken := make(chan int)
	t := time.NewTimer(time.Hour)
	for i := range waiters {
		go func() {
			<-t.C
			woken <- 1 << i
		}()
	}
	time.Sleep(5 * time.Millisecond)
	all := 0
	for range waiters {
		fmt.Println("reset:", t.Reset(2*time.Millisecond))
		all |= <-woken
		select {
		case <-woken:
			fmt.Println("one too many")
		case <-time.After(5 * time.Millisecond):
		}
	}
	fmt.Println("all woken:", all)
}
