// SPDX-License-Identifier: MIT
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

func why(n int, err error) string {
	switch {
	case err == nil:
		return "data"
	case err == io.EOF:
		return "end"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "timeout"
	case errors.Is(err, os.ErrClosed):
		return "closed"
	}
	return "?"
}

func count(w *os.File) {
	for i := 1; i <= 5; i++ {
		fmt.Fprintf(w, "number %d\n", i)
	}
	w.Close()
}

func copyToStdout(r *os.File) {
	buf := make([]byte, 7)
	for {
		n, err := r.Read(buf)
		if err != nil {
			fmt.Println(why(n, err))
			return
		}
		fmt.Print(string(buf[:n]))
	}
}

func readOnce(r *os.File, result chan string) {
	result <- why(r.Read(make([]byte, 1)))
}

func writeLarge(w *os.File, result chan string) {
	large := make([]byte, 1<<20)
	n, _ := w.Write(large)
	if n > 0 && n < len(large) {
		result <- "some"
	} else {
		result <- "?"
	}
}

func main() {
	c := make([]byte, 1)
	result := make(chan string)
	r, w, err := os.Pipe()
	if err != nil {
		os.Exit(1)
	}
	go count(w)
	copyToStdout(r)
	r.Close()

	if r, w, err = os.Pipe(); err != nil {
		os.Exit(1)
	}
	r.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	fmt.Println(why(r.Read(c)))
	w.Write([]byte("x"))
	fmt.Println(why(r.Read(c))) // still too late
	r.SetDeadline(time.Time{})
	fmt.Println(why(r.Read(c)))

	go readOnce(r, result)
	r.SetReadDeadline(time.Now())
	fmt.Println(<-result)

	r.SetReadDeadline(time.Time{})
	go writeLarge(w, result)
	fmt.Println(why(r.Read(c))) // it has begun
	w.SetWriteDeadline(time.Now())
	fmt.Println(<-result)
	fmt.Println(why(w.Write([]byte("x"))))

	q, _, err := os.Pipe()
	if err != nil {
		os.Exit(1)
	}
	for i := 0; i < 3; i++ {
		go readOnce(q, result)
	}
	time.Sleep(time.Millisecond)
	q.Close()
	for i := 0; i < 3; i++ {
		fmt.Println(<-result)
	}
}
