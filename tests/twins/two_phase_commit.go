// SPDX-License-Identifier: MIT

//go:build ignore

// A coordinator asks all to prepare; only if every one says yes do all commit.
package main

import "fmt"

const count = 4

type kind int

const (
	prepare kind = iota
	commit
	abort
)

type message struct {
	kind   kind
	amount int
	reply  chan<- bool
}

func node(balance int, inbox <-chan message, final chan<- int) {
	reserved := 0
	for m := range inbox {
		switch m.kind {
		case prepare:
			reserved = 0
			if balance+m.amount >= 0 {
				reserved = m.amount
			}
			m.reply <- balance+m.amount >= 0
		case commit:
			balance += reserved
			m.reply <- true
		case abort:
			m.reply <- true
		}
	}
	final <- balance
}

// tell sends everybody a message, and says whether all answered yes.
func tell(nodes [count]chan message, k kind, amounts [count]int) bool {
	all := true
	reply := make(chan bool)
	for i, n := range nodes {
		n <- message{k, amounts[i], reply}
	}
	for range nodes {
		all = <-reply && all
	}
	return all
}

func main() {
	transactions := [][count]int{
		{-30, 10, 10, 10}, {60, -20, -20, -20}, {0, -80, 80, 0}, {-70, 0, 0, 70},
	}
	var nodes [count]chan message
	var final [count]chan int
	for i := range nodes {
		nodes[i], final[i] = make(chan message), make(chan int)
		go node(100-i*25, nodes[i], final[i])
	}
	for t, amounts := range transactions {
		if tell(nodes, prepare, amounts) {
			tell(nodes, commit, amounts)
			fmt.Println("transaction", t, "committed")
		} else {
			tell(nodes, abort, amounts)
			fmt.Println("transaction", t, "aborted")
		}
	}
	for i, n := range nodes {
		close(n)
		fmt.Println("node", i, "has", <-final[i])
	}
}
