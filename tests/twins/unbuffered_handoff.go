// SPDX-License-Identifier: MIT

//go:build ignore

// A send on an unbuffered channel ends only when the value has been received,
// so two sends order everything the two goroutines do around them.
package main

import "fmt"

var slot int

func reader(written, read chan bool) {
	for i := 0; i < 4; i++ {
		<-written
		fmt.Println("reader found", slot)
		slot = 0
		read <- true
	}
	close(read)
}

func main() {
	written := make(chan bool)
	read := make(chan bool)
	go reader(written, read)

	for i := 1; i <= 4; i++ {
		slot = i * i
		fmt.Println("writer put", slot)
		written <- true
		<-read
		fmt.Println("writer sees", slot)
	}
	_, ok := <-read
	fmt.Println("more to read:", ok)
}
