// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// Functions that run later: in the order of their times, with their arguments, again
// after a reset, and not when stopped in time.
package main

import (
	"fmt"
	"time"
)

func main() {
	out := make(chan int, 8)
	var t [5]*time.Timer
	for i := range t {
		t[i] = time.AfterFunc(time.Duration(5-i)*15*time.Millisecond, func() { out <- i * i })
	}
	fmt.Println("stop the last:", t[0].Stop())
	for range 4 {
		fmt.Println("ran with", <-out)
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
