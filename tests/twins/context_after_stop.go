// SPDX-License-Identifier: MIT

//go:build ignore

// When a stop prevents the function, and when it comes too late.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	said := make(chan int)
	say := func(text string) func() {
		return func() {
			fmt.Println(text)
			said <- 1
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	a := context.AfterFunc(ctx, say("stopped"))
	b := context.AfterFunc(ctx, say("cancelled"))
	fmt.Println("before:", a())
	cancel()
	<-said
	fmt.Println("after:", b())

	a = context.AfterFunc(ctx, say("at once"))
	<-said
	fmt.Println("late:", a())

	a = context.AfterFunc(context.Background(), say("never"))
	fmt.Println("root:", a())

	child, cancelChild := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancelChild()
	context.AfterFunc(child, say("deadline"))
	<-said
}
