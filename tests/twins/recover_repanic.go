// SPDX-License-Identifier: MIT

//go:build ignore

// A panic is recovered, and another raised from its text.
package main

import "fmt"

func parse(c byte) {
	if c < '0' || c > '9' {
		panic(fmt.Sprintf("not a digit: %c", c))
	}
	fmt.Printf("digit %c\n", c)
}

func try(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return nil
}

func parseAll(s string) {
	for i := range len(s) {
		if r := try(func() { parse(s[i]) }); r != nil {
			panic(fmt.Sprintf("parse_all: %v", r))
		}
	}
}

func main() {
	for i, s := range []string{"12", "3x4", "", "!"} {
		if r := try(func() { parseAll(s) }); r != nil {
			fmt.Printf("%d failed: %v\n", i, r)
		} else {
			fmt.Printf("%d is good\n", i)
		}
	}
}
