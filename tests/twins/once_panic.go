// SPDX-License-Identifier: MIT

//go:build ignore

// A once whose function panicked is done.
package main

import (
	"fmt"
	"sync"
)

var once sync.Once

func use(who string) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s saw: %v\n", who, r)
		} else {
			fmt.Printf("%s went on\n", who)
		}
	}()
	once.Do(func() {
		fmt.Println("setting up for", who)
		panic("setup failed")
	})
}

func main() {
	use("first")
	use("second")
	use("third")
}
