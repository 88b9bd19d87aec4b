// SPDX-License-Identifier: MIT

//go:build ignore

// Follow the links of a small web, each page once, pages fetched side by side.
package main

import (
	"fmt"
	"sync"
)

var links = [][]int{{1, 2}, {3, 4}, {4, 5}, {0, 6}, {6}, {7, 2}, {8}, {8, 9}, {0}, {5, 9}, {11}, {10}}

type crawler struct {
	mu      sync.Mutex
	visited [12]bool
	wg      sync.WaitGroup
}

// claim tells whether page is new, and marks it.
func (c *crawler) claim(page int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	isNew := !c.visited[page]
	c.visited[page] = true
	return isNew
}

func (c *crawler) crawl(page int) {
	for _, next := range links[page] {
		if c.claim(next) {
			c.wg.Go(func() { c.crawl(next) })
		}
	}
}

func main() {
	var c crawler
	c.claim(0)
	c.wg.Go(func() { c.crawl(0) })
	c.wg.Wait()

	for page, seen := range c.visited {
		if seen {
			fmt.Println("page", page, "reached")
		} else {
			fmt.Println("page", page, "is cut off")
		}
	}
}
