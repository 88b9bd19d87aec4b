// SPDX-License-Identifier: MIT

//go:build ignore

// Durations are counts of nanoseconds; a sleep of nothing does not wait.
package main

import (
	"fmt"
	"time"
)

func show(what string, d time.Duration) { fmt.Println(what, int64(d)) }

func main() {
	show("nanosecond", time.Nanosecond)
	show("microsecond", time.Microsecond)
	show("millisecond", time.Millisecond)
	show("second", time.Second)
	show("minute", time.Minute)
	show("hour", time.Hour)
	d := 2*time.Hour + 45*time.Minute + 30*time.Second + 500*time.Millisecond
	show("sum", d)
	fmt.Println(d)
	fmt.Printf("%.3f minutes\n", d.Minutes())

	start := time.Now()
	time.Sleep(0)
	time.Sleep(-time.Hour)
	time.Sleep(time.Until(start.Add(-time.Second)))
	fmt.Println("all at once:", time.Since(start) < time.Minute)
	time.Sleep(time.Until(start.Add(3 * time.Millisecond)))
	slept := time.Since(start)
	fmt.Println("at least:", slept >= 3*time.Millisecond)
	fmt.Println("never back:", time.Since(start) >= slept)
}
