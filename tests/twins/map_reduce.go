// SPDX-License-Identifier: MIT

//go:build ignore

// Count the letters of a text: mappers emit pairs, a pair goes to the reducer that
// its key belongs to.
package main

import (
	"fmt"
	"sync"
)

const reducerCount = 3

var text = []string{"the quick brown fox", "jumps over", "the lazy dog",
	"and runs away", "into the woods"}

type pair struct {
	key   byte
	value int
}

func mapLine(line string, reducers []chan pair) {
	var counts [26]int
	for _, c := range line {
		if c != ' ' {
			counts[c-'a']++
		}
	}
	for i, n := range counts {
		if n > 0 {
			reducers[i%reducerCount] <- pair{byte('a' + i), n}
		}
	}
}

func reduce(in <-chan pair, totals *[26]int) {
	for p := range in {
		totals[p.key-'a'] += p.value
	}
}

func main() {
	var reducers []chan pair
	var totals [26]int
	var mapping, reducing sync.WaitGroup
	for i := 0; i < reducerCount; i++ {
		c := make(chan pair, 4)
		reducers = append(reducers, c)
		reducing.Go(func() { reduce(c, &totals) })
	}
	for _, line := range text {
		mapping.Go(func() { mapLine(line, reducers) })
	}
	mapping.Wait()
	for _, c := range reducers {
		close(c)
	}
	reducing.Wait()
	for i, n := range totals {
		if n > 0 {
			fmt.Printf("%c %d\n", 'a'+i, n)
		}
	}
}
