// SPDX-License-Identifier: MIT

//go:build ignore

// One loop that owns the state: input, requests and ticks all come to it as events,
// and it never shares anything.
package main

import "fmt"

type key struct{ code byte }
type resize struct{ width, height int }
type query struct{ answer chan<- int }

func loop(events <-chan any, quit <-chan bool, log chan<- string) {
	keys, area := 0, 80*25
	for {
		select {
		case e := <-events:
			switch e := e.(type) {
			case key:
				keys++
				if e.code == 'q' {
					log <- "quit asked"
				} else {
					log <- "key"
				}
			case resize:
				area = e.width * e.height
				log <- "resized"
			case query:
				e.answer <- area*100 + keys
			}
		case <-quit:
			if keys == 6 {
				log <- "six keys, good bye"
			} else {
				log <- "wrong"
			}
			close(log)
			return
		}
	}
}

func user(events chan<- any, quit chan<- bool) {
	answer := make(chan int)
	for _, c := range []byte("hallo") {
		events <- key{c}
	}
	events <- resize{40, 10}
	events <- query{answer}
	fmt.Println("answer", <-answer)
	events <- key{'q'}
	close(quit)
}

func main() {
	events, quit, log := make(chan any), make(chan bool), make(chan string, 10)
	go loop(events, quit, log)
	user(events, quit)
	for line := range log {
		fmt.Println(line)
	}
}
