// SPDX-License-Identifier: MIT

//go:build ignore

// A call that blocks its thread does not stop the others: on one processor, one
// goroutine waits in the kernel for what another one writes.
package main

import (
	"fmt"
	"runtime"
	"syscall"
)

func reader(fd int, out chan<- byte) {
	buf := []byte{0}
	for buf[0] != '.' && buf[0] != '?' {
		if n, _ := syscall.Read(fd, buf); n != 1 {
			buf[0] = '?'
		}
		out <- buf[0]
	}
	close(out)
}

func main() {
	runtime.GOMAXPROCS(1)
	var fds [2]int
	if syscall.Pipe(fds[:]) != nil {
		return
	}
	out := make(chan byte)
	go reader(fds[0], out)
	for _, c := range []byte("Go on.") {
		runtime.Gosched() // the reader waits by now, or will
		syscall.Write(fds[1], []byte{c})
		fmt.Printf("%c", <-out)
	}
	fmt.Println()
	<-out
}
