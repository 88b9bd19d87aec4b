// SPDX-License-Identifier: MIT

//go:build ignore

// Map and reduce: every line is counted by its own goroutine, one adds up.
package main

import "fmt"

var lines = []string{
	"do not communicate by sharing memory",
	"share memory by communicating",
	"",
	"channels orchestrate",
	"mutexes serialize",
}

type tally struct{ words, letters, longest int }

func count(line string, out chan<- tally) {
	var t tally
	length := 0
	for i := 0; i <= len(line); i++ {
		if i < len(line) && line[i] != ' ' {
			length++
			continue
		}
		if length > 0 {
			t.words++
			t.letters += length
			t.longest = max(t.longest, length)
		}
		length = 0
	}
	out <- t
}

func main() {
	out := make(chan tally)
	for _, line := range lines {
		go count(line, out)
	}
	var sum tally
	for range lines {
		t := <-out
		sum.words += t.words
		sum.letters += t.letters
		sum.longest = max(sum.longest, t.longest)
	}
	fmt.Println("words", sum.words, "letters", sum.letters, "longest", sum.longest)
}
