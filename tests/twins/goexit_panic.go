// SPDX-License-Identifier: MIT

//go:build ignore

// Goexit and panics inside each other's deferred calls.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func say(s string) {
	fmt.Println(s)
}

func fail(text string) {
	panic(text)
}

func exits() {
	defer fail("raised while exiting")
	runtime.Goexit()
}

// The panic ends here, the exit does not.
func stopsThePanic() {
	defer say("outermost")
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		exits()
	}()
	say("never printed")
}

func exitsFromAPanic() {
	defer say("outermost")
	defer runtime.Goexit()
	panic("dropped by the exit")
}

func exitsTwice() {
	defer say("outermost")
	defer runtime.Goexit()
	runtime.Goexit()
}

func main() {
	for i, body := range []func(){stopsThePanic, exitsFromAPanic, exitsTwice} {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			body()
		}()
		wg.Wait()
		fmt.Printf("%d has ended\n", i)
	}
}
