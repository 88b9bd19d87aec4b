// SPDX-License-Identifier: MIT

//go:build ignore

// A calculator in three stages: characters become tokens, tokens an order in which
// they can be reckoned, that the value.
package main

import "fmt"

type token struct {
	kind  byte // 'n', an operator, a parenthesis, '=' at the end of a line
	value int
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func lex(text string, out chan<- token) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case isDigit(c):
			v := 0
			for ; isDigit(text[i]); i++ {
				v = 10*v + int(text[i]-'0')
			}
			i--
			out <- token{'n', v}
		case c == '\n':
			out <- token{'=', 0}
		case c != ' ':
			out <- token{c, 0}
		}
	}
	close(out)
}

var binds = map[byte]int{'+': 1, '-': 1, '*': 2, '/': 2}

// parse puts operators behind their operands.
func parse(in <-chan token, out chan<- token) {
	var stack []byte
	for t := range in {
		if t.kind == 'n' {
			out <- t
			continue
		}
		if t.kind == '(' {
			stack = append(stack, '(')
			continue
		}
		n := len(stack)
		for n > 0 && stack[n-1] != '(' && binds[stack[n-1]] >= binds[t.kind] {
			n--
			out <- token{stack[n], 0}
		}
		stack = stack[:n]
		switch t.kind {
		case ')':
			stack = stack[:n-1]
		case '=':
			out <- t
		default:
			stack = append(stack, t.kind)
		}
	}
	close(out)
}

func apply(op byte, a, b int) int {
	switch op {
	case '+':
		return a + b
	case '-':
		return a - b
	case '*':
		return a * b
	}
	return a / b
}

func main() {
	tokens, ordered := make(chan token), make(chan token, 4)
	go lex("1 + 2 * 3\n(1 + 2) * 3\n100 / (2 + 3) - 4 * (7 - 5)\n2 * (3 + 4 * (5 - 1))\n", tokens)
	go parse(tokens, ordered)
	var stack []int
	for t := range ordered {
		n := len(stack)
		switch t.kind {
		case 'n':
			stack = append(stack, t.value)
			fmt.Print(t.value, " ")
		case '=':
			fmt.Println("=", stack[n-1])
			stack = stack[:n-1]
		default:
			stack = append(stack[:n-2], apply(t.kind, stack[n-2], stack[n-1]))
			fmt.Printf("%c ", t.kind)
		}
	}
}
