// SPDX-License-Identifier: MIT
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

func answer(s *net.UDPConn, n int) {
	buf := make([]byte, 8)
	for i := 0; i < n; i++ {
		n, _, _, from, _ := s.ReadMsgUDP(buf, nil)
		s.WriteMsgUDP(buf[:n], nil, from)
	}
}

func main() {
	words := []string{"one", "", "a longer one", "three"}
	s, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		os.Exit(1)
	}
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		os.Exit(1)
	}
	buf := make([]byte, 100)
	go answer(s.(*net.UDPConn), 4)
	for _, word := range words {
		c.WriteTo([]byte(word), s.LocalAddr())
		n, from, _ := c.ReadFrom(buf)
		fmt.Printf("%d: %s %v\n", n, buf[:n], from.String() == s.LocalAddr().String())
	}
	c.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, _, err = c.ReadFrom(buf)
	fmt.Println("late:", errors.Is(err, os.ErrDeadlineExceeded))
}
