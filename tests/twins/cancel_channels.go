// SPDX-License-Identifier: MIT

//go:build ignore

// Sends, receives and sleeps that end when a context does, by its being cancelled or
// by its deadline; and that come to their own end first where they can.
package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

var errClosed = errors.New("closed")

func show(what string, err error) {
	if err == nil {
		fmt.Println(what + ": done")
	} else {
		fmt.Printf("%s: %v\n", what, err)
	}
}

func sendCtx(ctx context.Context, c chan<- int, v int) error {
	select {
	case c <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func recvCtx(ctx context.Context, c <-chan int, v *int) (err error) {
	var ok bool
	select {
	case *v, ok = <-c:
		if !ok {
			err = errClosed
		}
	case <-ctx.Done():
		err = ctx.Err()
	}
	return
}

func sleepCtx(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func main() {
	never := context.Background()
	c := make(chan int, 1)
	var null chan int
	var v int
	show("send", sendCtx(never, c, 5))
	show("receive", recvCtx(never, c, &v))
	fmt.Println("received", v)
	show("sleep", sleepCtx(never, time.Millisecond))
	ctx, cancel := context.WithTimeout(never, 3*time.Millisecond)
	show("receive from the empty", recvCtx(ctx, c, &v))
	show("sleep", sleepCtx(ctx, time.Hour))
	c <- 6
	show("send to the full", sendCtx(ctx, c, 7))
	show("send to nil", sendCtx(ctx, null, 7))
	cancel()

	over := make(chan string)
	ctx, cancel = context.WithCancel(never)
	go func() {
		if recvCtx(ctx, null, new(int)) == context.Canceled {
			over <- "receive from nil"
		}
	}()
	go func() {
		select {
		case <-null:
		case null <- 1:
		case <-ctx.Done():
			over <- "select"
		}
	}()
	go func() {
		if sleepCtx(ctx, time.Hour) == context.Canceled {
			over <- "sleep"
		}
	}()
	runtime.Gosched()
	cancel()
	length := len(<-over) + len(<-over) + len(<-over)
	fmt.Println("ended, letters in all", length)
	<-c
	close(c)
	show("receive from the closed", recvCtx(never, c, &v))
}
