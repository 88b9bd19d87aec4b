// SPDX-License-Identifier: MIT

// sync.Map: sessions come, are looked up and leave; each leaves once.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	total  = 400
	clerks = 4
)

var (
	sessions     sync.Map
	ended, found atomic.Int32
)

func openAll(c chan<- int) {
	for i := 1; i <= total; i++ {
		sessions.Store(i, i*10)
		for range clerks {
			c <- i
		}
	}
	close(c)
}

func clerk(c <-chan int) {
	for id := range c {
		if v, ok := sessions.LoadAndDelete(id); ok {
			ended.Add(1)
			found.Add(int32(v.(int)))
		}
	}
}

func main() {
	c := make(chan int, 8)
	var wg sync.WaitGroup
	for range clerks {
		wg.Go(func() { clerk(c) })
	}
	openAll(c)
	wg.Wait()
	left := 0
	sessions.Range(func(_, _ any) bool {
		left++
		return true
	})
	fmt.Printf("ended %d\nfound %d\nleft %d\n", ended.Load(), found.Load(), left)
}
