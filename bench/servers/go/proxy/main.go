// SPDX-License-Identifier: MIT

// A proxy: every connection is passed on to the address in the second argument.  io.Copy
// splices, through a pipe for each direction, so that a connection has six descriptors; with
// a third argument it copies through buffers, and has two.
package main

import (
	"io"
	"log"
	"net"
	"os"
	"time"

	"goroutine.bench/servers/listen"
)

var buffered = len(os.Args) > 3

func copyAll(to, from *net.TCPConn) error {
	if buffered {
		_, err := io.Copy(struct{ io.Writer }{to}, struct{ io.Reader }{from})
		return err
	}
	_, err := io.Copy(to, from)
	return err
}

// Copies until the end, and passes the end on.
func pass(to, from *net.TCPConn) {
	if err := copyAll(to, from); err != nil {
		to.Close()
		from.Close()
		return
	}
	to.CloseWrite()
}

func main() {
	upstream := os.Args[2]
	listen.Serve(func(c net.Conn) {
		u, err := net.DialTimeout("tcp", upstream, 5*time.Second)
		if err != nil {
			log.Print(err)
			return
		}
		defer u.Close()
		back := make(chan struct{})
		go func() {
			defer close(back)
			pass(c.(*net.TCPConn), u.(*net.TCPConn))
		}()
		pass(u.(*net.TCPConn), c.(*net.TCPConn))
		<-back
	})
}
