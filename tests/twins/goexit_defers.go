// SPDX-License-Identifier: MIT

//go:build ignore

// Goexit runs the deferred calls and is not stopped by a recover; a panic is.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func say(s string) {
	fmt.Println(s)
}

func inner(how int) {
	defer say("inner deferred")
	if how == 0 {
		runtime.Goexit()
	}
	if how == 1 {
		panic("inner")
	}
}

func body(how int, wg *sync.WaitGroup) {
	defer wg.Done()
	defer say("body deferred")
	func() {
		defer func() {
			if r := recover(); r != nil {
				say(r.(string))
			}
		}()
		inner(how)
	}()
	say("body goes on")
}

func main() {
	for how := range 3 {
		var wg sync.WaitGroup
		wg.Add(1)
		go body(how, &wg)
		wg.Wait()
		fmt.Printf("joined %d\n", how)
	}
}
