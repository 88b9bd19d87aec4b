// SPDX-License-Identifier: MIT

// sync.Map with a struct as key; in C a kind of map that compares and copies it.
package main

import (
	"fmt"
	"sync"
)

type point struct{ x, y int }

var visits sync.Map

// Of the walks that meet a point, the first one marks it.
func walk(id, dx, dy int, marked *int) {
	var p point
	for range 30 {
		if _, loaded := visits.LoadOrStore(p, id); !loaded {
			*marked++
		}
		p.x = (p.x + dx) % 12
		p.y = (p.y + dy) % 12
	}
}

func main() {
	var marked [4]int
	var wg sync.WaitGroup
	wg.Go(func() { walk(1, 1, 0, &marked[0]) })
	wg.Go(func() { walk(2, 0, 1, &marked[1]) })
	wg.Go(func() { walk(3, 1, 1, &marked[2]) })
	wg.Go(func() { walk(4, 5, 7, &marked[3]) })
	wg.Wait()
	fmt.Printf("marked %d\n", marked[0]+marked[1]+marked[2]+marked[3])
	for y := range 12 {
		for x := range 12 {
			if _, ok := visits.Load(point{x, y}); ok {
				fmt.Print("#")
			} else {
				fmt.Print(".")
			}
		}
		fmt.Println()
	}
}
