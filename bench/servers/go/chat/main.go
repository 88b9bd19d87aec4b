// SPDX-License-Identifier: MIT

// A chat server: rooms in which everybody reads what anybody writes; /nick NAME, /join ROOM,
// /who, /quit.  A client that does not read is dropped.
package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"goroutine.bench/servers/listen"
)

const (
	outbox       = 64
	typedMax     = 512
	writeTimeout = 5 * time.Second
	unread       = 64 << 10
)

type client struct {
	conn   net.Conn
	name   string
	room   *room
	outbox chan []byte
	gone   chan struct{} // closed when the client is dropped
	once   sync.Once
}

func (c *client) drop() {
	c.once.Do(func() { close(c.gone) })
}

type room struct {
	name  string
	users int // guarded by rooms.lock

	lock    sync.Mutex
	members map[*client]struct{}
}

var rooms = struct {
	lock sync.Mutex
	of   map[string]*room
}{of: map[string]*room{}}

var (
	names  sync.Map
	guests atomic.Int64
)

func (r *room) tell(line []byte) {
	r.lock.Lock()
	defer r.lock.Unlock()
	for c := range r.members {
		c.hand(line)
	}
}

func (c *client) hand(line []byte) {
	select {
	case c.outbox <- line:
	default:
		c.drop()
	}
}

func (c *client) tell(format string, args ...any) {
	c.hand(fmt.Appendf(nil, format, args...))
}

func (c *client) enter(name string) {
	rooms.lock.Lock()
	r := rooms.of[name]
	if r == nil {
		r = &room{name: name, members: map[*client]struct{}{}}
		rooms.of[name] = r
	}
	r.users++
	rooms.lock.Unlock()

	c.leave()
	c.room = r
	r.lock.Lock()
	r.members[c] = struct{}{}
	r.lock.Unlock()
	r.tell([]byte("* " + c.name + " joined " + r.name + "\n"))
}

func (c *client) leave() {
	r := c.room
	if r == nil {
		return
	}
	c.room = nil
	r.lock.Lock()
	delete(r.members, c)
	r.lock.Unlock()
	r.tell([]byte("* " + c.name + " left " + r.name + "\n"))

	rooms.lock.Lock()
	defer rooms.lock.Unlock()
	if r.users--; r.users == 0 {
		delete(rooms.of, r.name)
	}
}

func (c *client) rename(name string) {
	if _, taken := names.LoadOrStore(name, c); taken {
		c.tell("* %s is taken\n", name)
		return
	}
	c.room.lock.Lock()
	old := c.name
	c.name = name
	c.room.lock.Unlock()
	names.Delete(old)
	c.tell("* you are %s\n", name)
}

func (c *client) who() {
	var text strings.Builder
	c.room.lock.Lock()
	for m := range c.room.members {
		text.WriteString(" " + m.name)
	}
	c.room.lock.Unlock()
	c.tell("* in %s:%s\n", c.room.name, text.String())
}

// Writes what is in the outbox, as much as there is at once.
func (c *client) write(done <-chan struct{}) {
	defer c.conn.Close()
	w := bufio.NewWriter(c.conn)
	for {
		select {
		case line := <-c.outbox:
			w.Write(line)
			for more := true; more; {
				select {
				case line = <-c.outbox:
					w.Write(line)
				default:
					more = false
				}
			}
			c.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
			if w.Flush() != nil {
				return
			}
		case <-c.gone:
			return
		case <-done:
			return
		}
	}
}

func serve(conn net.Conn) {
	conn.(*net.TCPConn).SetWriteBuffer(unread)
	c := &client{conn: conn, outbox: make(chan []byte, outbox), gone: make(chan struct{})}
	c.name = fmt.Sprint("guest", guests.Add(1))
	names.Store(c.name, c)
	done := make(chan struct{})
	defer close(done)
	go c.write(done)

	c.enter("lobby")
	defer func() {
		c.leave()
		names.Delete(c.name)
	}()
	in := bufio.NewReaderSize(conn, typedMax)
	for {
		typed, err := in.ReadSlice('\n')
		if err != nil {
			return
		}
		line := strings.TrimRight(string(typed), "\r\n")
		switch {
		case line == "":
		case line == "/quit":
			return
		case line == "/who":
			c.who()
		case strings.HasPrefix(line, "/nick "):
			c.rename(line[6:])
		case strings.HasPrefix(line, "/join "):
			c.enter(line[6:])
		case line[0] == '/':
			c.tell("* /nick NAME, /join ROOM, /who, /quit\n")
		default:
			c.room.tell([]byte(c.name + ": " + line + "\n"))
		}
	}
}

func main() {
	listen.Serve(serve)
}
