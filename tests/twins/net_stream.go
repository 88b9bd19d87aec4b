// SPDX-License-Identifier: MIT
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
)

const clients = 3

func serve(s *net.TCPConn, f *os.File) {
	name, _ := io.ReadAll(s)
	hello := net.Buffers{[]byte("hello "), name, []byte(", ")}
	hello.WriteTo(s)
	s.ReadFrom(io.NewSectionReader(f, 4, 100))
	s.Close()
}

func acceptAll(l *net.TCPListener, f *os.File, done chan int) {
	n := 0
	for {
		s, err := l.AcceptTCP()
		if err != nil {
			fmt.Println("closed:", errors.Is(err, net.ErrClosed))
			break
		}
		go serve(s, f)
		n++
	}
	done <- n
}

func call(address string, i int, done chan int) {
	c, _ := net.Dial("tcp", address)
	fmt.Fprintf(c, "client %d", i)
	c.(*net.TCPConn).CloseWrite()
	text, _ := io.ReadAll(c)
	fmt.Print(string(text))
	c.Close()
	done <- i
}

func main() {
	f, err := os.CreateTemp("", "")
	if err != nil {
		os.Exit(1)
	}
	os.Remove(f.Name())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		os.Exit(1)
	}
	f.WriteString("not this but this\n")
	accepted, done := make(chan int), make(chan int)
	go acceptAll(l.(*net.TCPListener), f, accepted)
	for i := 1; i <= clients; i++ {
		go call(l.Addr().String(), i, done)
		<-done
	}
	l.Close()
	fmt.Println(<-accepted)
}
