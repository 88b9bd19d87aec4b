// SPDX-License-Identifier: MIT

//go:build ignore

// Three coroutines: one takes lines apart, one makes of every pair of asterisks a
// caret, one puts lines of another length together.
package main

import "fmt"

const width = 24

var cards = []string{"the power x**2 of a number", "and x**3**4, with * alone,",
	"a ** between and one at the end*", "***"}

func disassemble(out chan<- byte) {
	for _, card := range cards {
		for i := range card {
			out <- card[i]
		}
		out <- ' '
	}
	close(out)
}

func squash(in <-chan byte, out chan<- byte) {
	defer close(out)
	for c := range in {
		if c != '*' {
			out <- c
			continue
		}
		next, ok := <-in
		if !ok {
			out <- '*'
			return
		}
		if next == '*' {
			out <- '^'
		} else {
			out <- '*'
			out <- next
		}
	}
}

func main() {
	apart, squashed := make(chan byte), make(chan byte)
	go disassemble(apart)
	go squash(apart, squashed)
	var line []byte
	for c := range squashed {
		line = append(line, c)
		if len(line) == width {
			fmt.Printf("|%s|\n", line)
			line = line[:0]
		}
	}
	fmt.Printf("|%s|\n", line)
}
