// SPDX-License-Identifier: MIT

//go:build ignore

// Four goroutines, one for each kind of answer, take turns with one counter.
package main

import (
	"fmt"
	"sync"
)

const last = 20

var mu sync.Mutex
var turn = sync.NewCond(&mu)
var n = 1 // mu

func mine(who int) bool {
	kind := 0
	if n%3 == 0 {
		kind++
	}
	if n%5 == 0 {
		kind += 2
	}
	return who == kind
}

func player(who int, word string) {
	mu.Lock()
	defer mu.Unlock()
	for {
		for n <= last && !mine(who) {
			turn.Wait()
		}
		if n > last {
			return
		}
		if word != "" {
			fmt.Println(word)
		} else {
			fmt.Println(n)
		}
		n++
		turn.Broadcast()
	}
}

func main() {
	words := [4]string{"", "Fizz", "Buzz", "FizzBuzz"}
	var wg sync.WaitGroup
	for who := 3; who >= 0; who-- {
		wg.Go(func() { player(who, words[who]) })
	}
	wg.Wait()
}
