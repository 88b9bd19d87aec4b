// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// What stop and reset answer in each state of a timer, and that nothing stale is
// received behind them.
package main

import (
	"fmt"
	"time"
)

func look(when string, t *time.Timer) {
	value := false
	select {
	case <-t.C:
		value = true
	default:
	}
	fmt.Printf("%s: value %v, len %d, cap %d\n", when, value, len(t.C), cap(t.C))
}

func main() {
	t := time.NewTimer(time.Hour)
	look("new", t)
	fmt.Println("stop running:", t.Stop())
	fmt.Println("stop stopped:", t.Stop())
	fmt.Println("reset stopped:", t.Reset(time.Hour))
	fmt.Println("reset running:", t.Reset(time.Millisecond))
	time.Sleep(10 * time.Millisecond)
	fmt.Println("len when fired:", len(t.C))
	fmt.Println("stop fired, not received:", t.Stop())
	look("stopped", t)

	t.Reset(time.Millisecond)
	time.Sleep(10 * time.Millisecond)
	fmt.Println("reset fired, not received:", t.Reset(time.Hour))
	look("reset", t)

	t.Reset(time.Millisecond)
	<-t.C
	fmt.Println("stop received:", t.Stop())
	fmt.Println("reset received:", t.Reset(time.Millisecond))
	<-t.C
	look("received", t)

	t.Reset(-time.Second)
	look("reset into the past", t)
	t.Reset(0)
	fmt.Println("stop due:", t.Stop())
	look("stopped due", t)
}
