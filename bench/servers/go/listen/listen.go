// SPDX-License-Identifier: MIT

// Package listen has what the servers share: the listener, the signal that ends it.
package listen

import (
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Listener opens the address given on the command line, or one that is free.
func Listener() net.Listener {
	address := "127.0.0.1:0"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", l.Addr())
	return l
}

// Stopped delivers the signal that asks the program to end.
func Stopped() <-chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTERM, syscall.SIGINT)
	return c
}

// Serve runs handle for each connection, until a signal; then for at most a second more.
func Serve(handle func(net.Conn)) {
	l := Listener()
	go func() {
		<-Stopped()
		l.Close()
	}()
	var conns sync.WaitGroup
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			break
		}
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		conns.Go(func() {
			defer c.Close()
			handle(c)
		})
	}
	done := make(chan struct{})
	go func() {
		conns.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
}
