// SPDX-License-Identifier: MIT

//go:build ignore

// An empty pool, with and without a function that makes new things.
package main

import (
	"fmt"
	"sync"
)

func main() {
	made := 0
	var without sync.Pool
	with := sync.Pool{New: func() any {
		n := 100 + made
		made++
		return &n
	}}
	say := func(x any) string {
		if x != nil {
			return "something"
		}
		return "nil"
	}
	fmt.Println("without:", say(without.Get()))
	without.Put(nil)
	fmt.Println("after putting nil:", say(without.Get()))
	for i := 0; i < 3; i++ {
		fmt.Println("with:", *with.Get().(*int))
	}
	fmt.Println("made", made)
}
