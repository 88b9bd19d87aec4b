// SPDX-License-Identifier: MIT

// What is no address, and why.
package main

import (
	"errors"
	"fmt"
	"net"
)

func reason(err error) string {
	var a *net.AddrError
	var d *net.DNSError
	var u net.UnknownNetworkError
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &a):
		if a.Err == "no suitable address found" {
			return "no suitable address"
		}
		return a.Err
	case errors.As(err, &d):
		return d.Err
	case errors.As(err, &u):
		return "unknown network"
	}
	return err.Error()
}

func dial(network, address string) {
	c, err := net.Dial(network, address)
	if err == nil {
		c.Close()
	}
	fmt.Printf("%s %s: %s\n", network, address, reason(err))
}

func main() {
	for _, address := range []string{
		"127.0.0.1:9", "[::ffff:127.0.0.1]:9", "127.0.0.1", "localhost",
		"[::1]", "[::1]9", "::1", "::1:9", "a:b:c",
		"[::1]:9:9", "127.0.0.1:65536", "1:-1", "127.0.0.1:nonesuch-service",
		":9", "0.0.0.0:9",
	} {
		dial("udp", address)
	}
	dial("udp6", "127.0.0.1:9")
	dial("tcp4", "[::1]:9")
	dial("tcp5", "127.0.0.1:9")
	dial("TCP", "127.0.0.1:9")
}
