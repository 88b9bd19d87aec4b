// SPDX-License-Identifier: MIT

// Listening, dialling, and what both ends say of themselves.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"
)

func hostOf(a string) string {
	host, _, _ := net.SplitHostPort(a)
	return host
}

func meet(l net.Listener, address, local string) {
	var d net.Dialer
	if local != "" {
		d.LocalAddr, _ = net.ResolveTCPAddr("tcp", local)
	}
	c, err := d.Dial("tcp", address)
	if err != nil {
		panic(err)
	}
	s, err := l.Accept()
	if err != nil {
		panic(err)
	}
	fmt.Println("same:", c.LocalAddr().String() == s.RemoteAddr().String())
	fmt.Println("from", hostOf(c.LocalAddr().String()))
	c.Close()
	s.Close()
}

func resolve(network, address string) {
	a, err := net.ResolveTCPAddr(network, address)
	if err != nil {
		panic(err)
	}
	fmt.Println(address, "is", a)
}

func ended(address string) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var d net.Dialer
	_, err := d.DialContext(ctx, "tcp", address)
	fmt.Println("cancelled:", err.(*net.OpError).Err.Error() == "operation was canceled")
	d.LocalAddr = &net.TCPAddr{}
	_, err = d.DialContext(ctx, "tcp", address)
	fmt.Println("cancelled:", err.(*net.OpError).Err.Error() == "operation was canceled")
	d = net.Dialer{Deadline: time.Now().Add(-1)}
	_, err = d.Dial("tcp", address)
	fmt.Println("late:", err.(net.Error).Timeout())
	_, err = net.DefaultResolver.LookupIPAddr(ctx, "127.0.0.1")
	fmt.Println("a number all the same:", err == nil)
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	address := l.Addr().String()
	fmt.Println("listening on", hostOf(address))
	meet(l, address, "")
	meet(l, address, "127.0.0.2:0")
	ended(address)
	var lc net.ListenConfig
	_, err = lc.Listen(context.Background(), "tcp", address)
	fmt.Println("in use:", errors.Is(err, syscall.EADDRINUSE))
	l.Close()
	_, err = net.Dial("unix", "@go-twin-nobody")
	fmt.Println("refused:", errors.Is(err, syscall.ECONNREFUSED))
	_, err = net.Listen("unix", "/go-twin/none/such")
	fmt.Println("no folder:", errors.Is(err, syscall.ENOENT))
	resolve("tcp4", "127.0.0.1:80")
	resolve("tcp6", "[::1]:443")
	resolve("tcp4", "localhost:8080")
	l, _ = net.Listen("unix", "@go-twin-net-dial")
	fmt.Println(l.Addr())
	l.Close()
}
