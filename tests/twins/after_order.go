// SPDX-License-Identifier: MIT

//go:build ignore

// A timer channel delivers once, never early, and keeps what nobody has received yet.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	early := time.After(20 * time.Millisecond)
	late := time.After(60 * time.Millisecond)

	second := <-late
	fmt.Println("late waited long enough:", second.Sub(start) >= 60*time.Millisecond)
	first := <-early
	fmt.Println("early one waited long enough:", first.Sub(start) >= 20*time.Millisecond)

	select {
	case <-early:
		fmt.Println("fired twice")
	default:
		fmt.Println("each fired once")
	}

	<-time.After(0)
	<-time.After(-time.Second)
	fmt.Println("no wait for what is past")
}
