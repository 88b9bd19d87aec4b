// SPDX-License-Identifier: MIT

// sync.Map: goroutines count the words of a text, each its own lines, by compare and
// swap; printed in the order of the words.
package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

var text = []string{
	"the gopher digs and the gopher eats", "a channel is a pipe and a pipe is a queue",
	"the map counts the words of the text", "and the text is counted by the map",
	"eats and digs and eats and digs",
}

var counts sync.Map

func count(word string) {
	for {
		n, loaded := counts.LoadOrStore(word, 1)
		if !loaded || counts.CompareAndSwap(word, n, n.(int)+1) {
			return
		}
	}
}

func readLine(line string, times int) {
	for range times {
		for _, w := range strings.Fields(line) {
			count(w)
		}
	}
}

func main() {
	var wg sync.WaitGroup
	for _, line := range text {
		wg.Go(func() { readLine(line, 20) })
	}
	wg.Wait()
	var words []string
	counts.Range(func(k, _ any) bool {
		words = append(words, k.(string))
		return true
	})
	slices.Sort(words)
	for _, w := range words {
		n, _ := counts.Load(w)
		fmt.Printf("%s %d\n", w, n)
	}
}
