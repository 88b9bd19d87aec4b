// SPDX-License-Identifier: MIT

//go:build ignore

// Exit ends the program with a status of its own, from any goroutine, whatever the
// others do.
package main

import (
	"fmt"
	"os"
)

func leave(status <-chan int) {
	s := <-status
	fmt.Println("leaving with", s)
	os.Exit(s)
}

func main() {
	status, never := make(chan int), make(chan int)
	go leave(status)
	status <- 3
	<-never
	fmt.Println("never printed")
}
