// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// Functions that run later: with their arguments, again after a reset, and not when
// stopped in time.  After a stall those of several times run at once, in any order.
package main

import (
	"fmt"
	"time"
)

func main() {
	out := make(chan int, 8)
	var t [5]*time.Timer
	for i := range t {
		d := time.Hour
		if i > 0 {
			d = time.Duration(5-i) * 5 * time.Millisecond
		}
		t[i] = time.AfterFunc(d, func() { out <- i * i })
	}
	fmt.Println("stop the last:", t[0].Stop())
	var ran [17]bool
	for range 4 {
		ran[<-out] = true
	}
	for n := 16; n >= 0; n-- {
		if ran[n] {
			fmt.Println("ran with", n)
		}
	}
	fmt.Println("stop one that ran:", t[4].Stop())
	fmt.Println("reset one that ran:", t[4].Reset(time.Millisecond))
	fmt.Println("ran again with", <-out)
	fmt.Println("reset the stopped:", t[0].Reset(time.Hour))
	fmt.Println("reset the running:", t[0].Reset(0))
	fmt.Println("ran after all with", <-out)
	fmt.Println("has no channel:", t[0].C == nil)
	time.Sleep(20 * time.Millisecond)
	fmt.Println("left over:", len(out))
}
