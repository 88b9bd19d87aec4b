// SPDX-License-Identifier: MIT

//go:build ignore

// Ask three replicas, take the first answer, cancel the rest.
package main

import (
	"context"
	"fmt"
	"time"
)

type answer struct {
	replica int
	text    string
}

func ask(ctx context.Context, replica int, takes time.Duration, out chan<- answer, gaveUp chan<- int) {
	select {
	case <-time.After(takes):
		out <- answer{replica, "pong"}
	case <-ctx.Done():
		gaveUp <- replica
	}
}

func main() {
	takes := []time.Duration{time.Minute, 2 * time.Millisecond, time.Hour}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	out, gaveUp := make(chan answer), make(chan int)
	for i := range 3 {
		go ask(ctx, i, takes[i], out, gaveUp)
	}
	a := <-out
	fmt.Printf("replica %d: %s\n", a.replica, a.text)
	cancel()
	fmt.Printf("the others gave up: %d\n", <-gaveUp+<-gaveUp)
	fmt.Println(ctx.Err())
}
