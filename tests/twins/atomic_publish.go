// SPDX-License-Identifier: MIT

//go:build ignore

// What was written before a flag was set is seen by whoever sees the flag.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
)

const messages, words = 40, 16

var mailbox [words]uint32 // the reader's while full, the writer's else
var full atomic.Bool

func writer() {
	for m := uint32(1); m <= messages; m++ {
		for full.Load() {
			runtime.Gosched()
		}
		for i := range mailbox {
			mailbox[i] = m * uint32(i+1)
		}
		full.Store(true)
	}
}

func main() {
	go writer()
	wrong, sum := 0, uint32(0)
	for m := uint32(1); m <= messages; m++ {
		for !full.Load() {
			runtime.Gosched()
		}
		for i, v := range mailbox {
			if v != m*uint32(i+1) {
				wrong++
			}
			sum += v
		}
		full.Store(false)
	}
	fmt.Println("wrong", wrong, "sum", sum)
}
