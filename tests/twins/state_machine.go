// SPDX-License-Identifier: MIT

//go:build ignore

// A vending machine whose states are functions: each waits for what it understands
// and returns the state that comes next.
package main

import "fmt"

type machine struct {
	coins         chan int
	buttons, tray chan string
	credit, stock int
}

type state func(m *machine) state

func soldOut(m *machine) state {
	if _, ok := <-m.coins; !ok {
		return nil
	}
	m.tray <- "coin back"
	return soldOut
}

func ready(m *machine) state {
	select {
	case coin := <-m.coins:
		m.credit += coin
		return ready
	case button := <-m.buttons:
		switch {
		case button == "cancel":
			m.tray <- "refund"
			m.credit = 0
			return idle
		case m.credit > 100:
			m.tray <- "tea and change"
		default:
			m.tray <- "tea"
		}
	}
	m.credit = 0
	m.stock--
	if m.stock == 0 {
		return soldOut
	}
	return idle
}

func idle(m *machine) state {
	coin, ok := <-m.coins
	if !ok {
		return nil
	}
	m.credit += coin
	if m.credit >= 100 {
		return ready
	}
	return idle
}

func (m *machine) run() {
	for s := state(idle); s != nil; {
		s = s(m)
	}
	close(m.tray)
}

func main() {
	m := &machine{make(chan int), make(chan string), make(chan string, 9), 0, 2}
	go m.run()
	for i := 0; i < 2; i++ {
		m.coins <- 50
	}
	m.buttons <- "tea"
	m.coins <- 100
	m.buttons <- "cancel"
	m.coins <- 20
	m.coins <- 80
	m.coins <- 10 // more than it costs
	m.buttons <- "tea"
	m.coins <- 100
	close(m.coins)
	for what := range m.tray {
		fmt.Println(what)
	}
}
