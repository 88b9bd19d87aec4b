// SPDX-License-Identifier: MIT

//go:build ignore

// A broker: subscribers come and go, each gets all that is published on its topic
// while it is there, in order.
package main

import (
	"fmt"
	"sync"
)

type subscription struct {
	topic int
	to    chan int
}

type publication struct{ topic, value int }

type broker struct {
	subscribe chan subscription
	publish   chan publication
	leave     chan chan int
}

func (b *broker) run() {
	var all []subscription
	for {
		select {
		case s := <-b.subscribe:
			all = append(all, s)
		case p, ok := <-b.publish:
			if !ok {
				for _, s := range all {
					close(s.to)
				}
				return
			}
			for _, s := range all {
				if s.topic == p.topic {
					s.to <- p.value
				}
			}
		case c := <-b.leave:
			for i := 0; i < len(all); i++ {
				if all[i].to == c {
					close(c)
					all[i] = all[len(all)-1]
					all = all[:len(all)-1]
					i--
				}
			}
		}
	}
}

func listen(in <-chan int, sum, hash *int) {
	for v := range in {
		*sum += v
		*hash = (*hash*31 + v) % 10007
	}
}

func main() {
	b := &broker{make(chan subscription), make(chan publication), make(chan chan int)}
	var to [4]chan int
	var sums, hashes [4]int
	var wg sync.WaitGroup
	go b.run()
	for i := range to {
		to[i] = make(chan int, 2)
		wg.Go(func() { listen(to[i], &sums[i], &hashes[i]) })
		b.subscribe <- subscription{i % 2, to[i]}
	}
	for v := 1; v <= 30; v++ {
		if v == 21 {
			b.leave <- to[2]
		}
		b.publish <- publication{v % 3, v}
	}
	close(b.publish)
	wg.Wait()
	for i := range to {
		fmt.Printf("subscriber %d of topic %d: sum %d hash %d\n", i, i%2, sums[i], hashes[i])
	}
}
