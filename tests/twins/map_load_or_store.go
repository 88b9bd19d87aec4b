// SPDX-License-Identifier: MIT

// sync.Map: of goroutines that store one key at once, one stores; all get its value.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	keys    = 20
	workers = 6
)

var (
	m      sync.Map
	stored atomic.Int32
	got    [workers][keys]any
)

func worker(id int) {
	for k := range keys {
		actual, loaded := m.LoadOrStore(k, 100*id+k)
		got[id][k] = actual
		if !loaded {
			stored.Add(1)
		}
	}
}

func main() {
	var wg sync.WaitGroup
	for id := range workers {
		wg.Go(func() { worker(id) })
	}
	wg.Wait()
	agree, sum := true, 0
	for k := range keys {
		for id := 1; id < workers; id++ {
			agree = agree && got[id][k] == got[0][k]
		}
		sum += got[0][k].(int) % 100
	}
	fmt.Printf("stored %d\nagree %t\nsum %d\n", stored.Load(), agree, sum)
}
