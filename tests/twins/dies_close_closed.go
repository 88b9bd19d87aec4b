// SPDX-License-Identifier: MIT

//go:build ignore

// Closing a channel twice panics, also from two goroutines.
package main

import "fmt"

func closeIt(c chan int, done chan<- bool) {
	close(c)
	done <- true
}

func main() {
	c, done := make(chan int), make(chan bool)
	go closeIt(c, done)
	<-done
	fmt.Println("closed once")
	go closeIt(c, done)
	<-done
	fmt.Println("never printed")
}
