// SPDX-License-Identifier: MIT

//go:build ignore

// Shortest paths by messages: each town tells its neighbours when it hears of a
// shorter way; a counter of messages under way tells when all is quiet.
package main

import (
	"fmt"
	"sync"
)

const towns, far = 7, 1000000

var roads = [][3]int{{0, 1, 7}, {0, 2, 9}, {0, 5, 14}, {1, 2, 10}, {1, 3, 15},
	{2, 3, 11}, {2, 5, 2}, {3, 4, 6}, {4, 5, 9}}

var inbox [towns]chan int
var messages sync.WaitGroup
var distance [towns]int

func tell(to, d int) {
	inbox[to] <- d
}

func town(id int) {
	distance[id] = far
	for d := range inbox[id] {
		if d < distance[id] {
			distance[id] = d
			for _, road := range roads {
				for end := 0; end < 2; end++ {
					if road[end] == id {
						messages.Add(1)
						go tell(road[1-end], d+road[2])
					}
				}
			}
		}
		messages.Done()
	}
}

func main() {
	for id := range inbox {
		inbox[id] = make(chan int)
	}
	var all sync.WaitGroup
	for id := range inbox {
		all.Go(func() { town(id) })
	}
	messages.Add(1)
	tell(0, 0)
	messages.Wait()
	for _, c := range inbox {
		close(c)
	}
	all.Wait()
	for id, d := range distance {
		if d < far {
			fmt.Println("town", id, "at", d)
		} else {
			fmt.Println("town", id, "has no road")
		}
	}
}
