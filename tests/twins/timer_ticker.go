// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// A ticker: on schedule, dropping what nobody was in time for, stopped, reset.
package main

import (
	"fmt"
	"time"
)

func ready(t *time.Ticker) bool {
	select {
	case <-t.C:
		return true
	default:
		return false
	}
}

func main() {
	d := 40 * time.Millisecond
	t := time.NewTicker(d)
	fmt.Println("ready at once:", ready(t))
	a := <-t.C
	b := <-t.C
	fmt.Println("one interval apart:", (b.Sub(a)+d/2)/d == 1)

	time.Sleep(5*d + d/2)
	a = <-t.C
	fmt.Println("kept the oldest:", a.Sub(b) < 2*d)
	fmt.Println("and only one:", !ready(t))
	c := <-t.C
	fmt.Println("then back on schedule:", c.Sub(a) > 3*d)

	time.Sleep(2 * d)
	t.Stop()
	fmt.Println("ready when stopped:", ready(t))
	time.Sleep(2 * d)
	fmt.Println("and later:", ready(t))

	t.Reset(d / 2)
	<-t.C
	time.Sleep(d)
	t.Reset(time.Hour)
	fmt.Println("ready when reset:", ready(t))
	t.Stop()
	fmt.Println("no ticks of nothing:", time.Tick(0) == nil && time.Tick(-1) == nil)
}
