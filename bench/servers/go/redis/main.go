// SPDX-License-Identifier: MIT

// A server that speaks the protocol of Redis: PING, GET, SET, DEL, INCR, EXPIRE, MGET.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"goroutine.bench/servers/listen"
)

const (
	maxArgs = 1024 * 1024
	maxBulk = 64 << 20
)

var errProtocol = errors.New("Protocol error")

type entry struct {
	value   []byte
	expires time.Time
}

func (e *entry) gone() bool {
	return !e.expires.IsZero() && !time.Now().Before(e.expires)
}

var data sync.Map // of *entry, by string

func load(key []byte) *entry {
	v, ok := data.Load(string(key))
	if !ok {
		return nil
	}
	e := v.(*entry)
	if e.gone() {
		data.CompareAndDelete(string(key), v)
		return nil
	}
	return e
}

type client struct {
	r    *bufio.Reader
	w    *bufio.Writer
	args [][]byte
}

func (c *client) line() ([]byte, error) {
	l, err := c.r.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	return bytes.TrimRight(l, "\r\n"), nil
}

func number(b []byte, prefix byte, limit int) (int, error) {
	if len(b) < 2 || b[0] != prefix {
		return 0, errProtocol
	}
	n, err := strconv.Atoi(string(b[1:]))
	if err != nil || n > limit {
		return 0, errProtocol
	}
	return n, nil
}

// Reads one command into c.args: inline, or an array of bulk strings.
func (c *client) read() error {
	c.args = c.args[:0]
	l, err := c.line()
	if err != nil {
		return err
	}
	if len(l) == 0 || l[0] != '*' {
		for _, word := range bytes.Fields(l) {
			c.args = append(c.args, bytes.Clone(word))
		}
		return nil
	}
	n, err := number(l, '*', maxArgs)
	if err != nil {
		return err
	}
	for range n {
		if l, err = c.line(); err != nil {
			return err
		}
		size, err := number(l, '$', maxBulk)
		if err != nil || size < 0 {
			return errProtocol
		}
		arg := make([]byte, size+2)
		if _, err := io.ReadFull(c.r, arg); err != nil {
			return err
		}
		c.args = append(c.args, arg[:size])
	}
	return nil
}

func (c *client) number(n int64) {
	c.w.WriteByte(':')
	c.w.Write(strconv.AppendInt(c.w.AvailableBuffer(), n, 10))
	c.w.WriteString("\r\n")
}

func (c *client) bulk(b []byte) {
	c.w.WriteByte('$')
	c.w.Write(strconv.AppendInt(c.w.AvailableBuffer(), int64(len(b)), 10))
	c.w.WriteString("\r\n")
	c.w.Write(b)
	c.w.WriteString("\r\n")
}

func (c *client) get(key []byte) {
	if e := load(key); e != nil {
		c.bulk(e.value)
	} else {
		c.w.WriteString("$-1\r\n")
	}
}

func (c *client) increment(key []byte) {
	for {
		var n int64
		next := &entry{}
		old := load(key)
		if old != nil {
			var err error
			if n, err = strconv.ParseInt(string(old.value), 10, 64); err != nil {
				c.w.WriteString("-ERR value is not an integer or out of range\r\n")
				return
			}
			next.expires = old.expires
		}
		next.value = strconv.AppendInt(nil, n+1, 10)
		if old == nil {
			if _, there := data.LoadOrStore(string(key), next); there {
				continue
			}
		} else if !data.CompareAndSwap(string(key), old, next) {
			continue
		}
		c.number(n + 1)
		return
	}
}

func (c *client) expire(key, seconds []byte) {
	s, err := strconv.Atoi(string(seconds))
	if err != nil {
		c.w.WriteString("-ERR value is not an integer or out of range\r\n")
		return
	}
	for {
		old := load(key)
		if old == nil {
			c.number(0)
			return
		}
		next := &entry{old.value, time.Now().Add(time.Duration(s) * time.Second)}
		if data.CompareAndSwap(string(key), old, next) {
			c.number(1)
			return
		}
	}
}

func (c *client) run() {
	args := c.args
	command := strings.ToUpper(string(args[0]))
	switch {
	case command == "PING" && len(args) == 1:
		c.w.WriteString("+PONG\r\n")
	case command == "GET" && len(args) == 2:
		c.get(args[1])
	case command == "SET" && len(args) == 3:
		data.Store(string(args[1]), &entry{value: args[2]})
		c.w.WriteString("+OK\r\n")
	case command == "DEL" && len(args) > 1:
		var n int64
		for _, key := range args[1:] {
			if v, ok := data.LoadAndDelete(string(key)); ok && !v.(*entry).gone() {
				n++
			}
		}
		c.number(n)
	case command == "INCR" && len(args) == 2:
		c.increment(args[1])
	case command == "EXPIRE" && len(args) == 3:
		c.expire(args[1], args[2])
	case command == "MGET" && len(args) > 1:
		c.w.WriteString("*" + strconv.Itoa(len(args)-1) + "\r\n")
		for _, key := range args[1:] {
			c.get(key)
		}
	case command == "CONFIG" || command == "COMMAND":
		c.w.WriteString("*0\r\n")
	default:
		c.w.WriteString("-ERR unknown command or wrong number of arguments\r\n")
	}
}

// Answers are sent once no more commands have come in.
func serve(conn net.Conn) {
	c := client{r: bufio.NewReader(conn), w: bufio.NewWriter(conn)}
	for {
		if c.r.Buffered() == 0 && c.w.Flush() != nil {
			return
		}
		if err := c.read(); err != nil {
			if err == errProtocol {
				c.w.WriteString("-ERR Protocol error\r\n")
				c.w.Flush()
			}
			return
		}
		if len(c.args) > 0 {
			c.run()
		}
	}
}

func main() {
	listen.Serve(serve)
}
