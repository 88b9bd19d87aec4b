// SPDX-License-Identifier: MIT

// A server that sends back what it gets.
package main

import (
	"net"

	"goroutine.bench/servers/listen"
)

func echo(c net.Conn) {
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		if _, err := c.Write(buf[:n]); err != nil {
			return
		}
	}
}

func main() {
	listen.Serve(echo)
}
