// SPDX-License-Identifier: MIT

//go:build ignore

// Two players and one ball: whoever has the ball may act.
package main

import "fmt"

type ball struct{ hits int }

func player(name string, in <-chan ball, out chan<- ball) {
	for b := range in {
		b.hits++
		fmt.Println(name, b.hits)
		out <- b
	}
	close(out)
}

func main() {
	left := make(chan ball)
	right := make(chan ball)
	back := make(chan ball)
	go player("ping", left, right)
	go player("pong", right, back)

	b := ball{}
	for b.hits < 10 {
		left <- b
		b = <-back
	}
	close(left) // each player passes the end on
	_, ok := <-back
	fmt.Println("game over after", b.hits, "hits, more:", ok)
}
