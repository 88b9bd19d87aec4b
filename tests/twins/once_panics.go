// SPDX-License-Identifier: MIT

//go:build ignore

// A once whose function panics: Do has then been done, OnceValue panics each time.
package main

import (
	"fmt"
	"sync"
)

var (
	tries int
	plain sync.Once
)

func try(f func()) (text string) {
	text = "fine"
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return
}

func main() {
	value := sync.OnceValue(func() int {
		tries++
		panic(fmt.Sprint("value try ", tries))
	})
	for i := 0; i < 3; i++ {
		fmt.Println("do:", try(func() {
			plain.Do(func() {
				tries++
				panic(fmt.Sprint("plain try ", tries))
			})
		}))
		fmt.Println("get:", try(func() { fmt.Println("got", value()) }))
	}
}
