// SPDX-License-Identifier: MIT

//go:build ignore

// The least recently used goes first: a list and a lock.
package main

import (
	"fmt"
	"sync"
)

const room, keys = 4, 10

type entry struct{ key, value int }

type cache struct {
	mu           sync.Mutex
	entries      []entry // the most recently used first
	hits, misses int
}

// front moves the entry at i to the front.
func (c *cache) front(i int) {
	e := c.entries[i]
	copy(c.entries[1:], c.entries[:i])
	c.entries[0] = e
}

func (c *cache) get(key int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := 0
	for i < len(c.entries) && c.entries[i].key != key {
		i++
	}
	if i < len(c.entries) {
		c.hits++
	} else {
		c.misses++
		if len(c.entries) < room {
			c.entries = append(c.entries, entry{})
		}
		i = len(c.entries) - 1 // of the last one only the place is kept
		c.entries[i] = entry{key, key * key}
	}
	c.front(i)
	return c.entries[0].value
}

func (c *cache) show() {
	for _, e := range c.entries {
		fmt.Printf("%d=%d ", e.key, e.value)
	}
	fmt.Printf("hits %d misses %d\n", c.hits, c.misses)
}

func user(c *cache, id int, wrong *int) {
	for i := 0; i < 100; i++ {
		key := (i*id + i/3) % keys
		if c.get(key) != key*key {
			*wrong++
		}
	}
}

func main() {
	var c cache
	for _, key := range []int{1, 2, 3, 4, 1, 5, 2, 1, 6, 1} {
		c.get(key)
		c.show()
	}
	var wrong [4]int
	var wg sync.WaitGroup
	for id := range wrong {
		wg.Go(func() { user(&c, id+1, &wrong[id]) })
	}
	wg.Wait()
	fmt.Println("asked", c.hits+c.misses, "wrong", wrong[0]+wrong[1]+wrong[2]+wrong[3])
}
