// SPDX-License-Identifier: MIT

// A concurrent map of 65,536 integer keys: each operation by one goroutine, then by
// eight at once (".8").  Figures are nanoseconds of the whole program for an operation.
package main

import (
	"sync"

	"goroutine.bench/report"
)

const (
	keys    = 1 << 16
	workers = 8
)

var m sync.Map

func keyAt(i uint64) uint64 { return i * 2654435761 % keys }

func check(ok bool) {
	if !ok {
		report.Fail("map: wrong result")
	}
}

func hit(n int, from uint64) {
	for i := range uint64(n) {
		_, ok := m.Load(keyAt(from + i))
		check(ok)
	}
}

func miss(n int, from uint64) {
	for i := range uint64(n) {
		_, ok := m.Load(keys + (from+i)%keys)
		check(!ok)
	}
}

func store(n int, from uint64) {
	for i := range uint64(n) {
		m.Store(keyAt(from+i), &m)
	}
}

// A new key comes, and goes: two operations.
func churn(n int, from uint64) {
	for i := range uint64(n / 2) {
		key := from<<32 + keys + i%keys
		_, loaded := m.LoadOrStore(key, &m)
		check(!loaded)
		_, loaded = m.LoadAndDelete(key)
		check(loaded)
	}
}

// Nine loads, one store.
func mixed(n int, from uint64) {
	for i := range uint64(n / 10) {
		hit(9, from+i*10)
		store(1, from+i*10+9)
	}
}

func ranged(n int, _ uint64) {
	for range n / keys {
		seen := 0
		m.Range(func(_, _ any) bool {
			seen++
			return true
		})
		check(seen == keys)
	}
}

func measure(name string, f func(int, uint64), n int) {
	start := report.Start()
	f(n, 0)
	report.PerOp(name, start, n)
	var wg sync.WaitGroup
	start = report.Start()
	for w := range workers {
		wg.Go(func() { f(n/workers, uint64(w)*7919) })
	}
	wg.Wait()
	report.PerOp(name+".8", start, n)
}

func main() {
	n := report.Count()
	for i := range uint64(keys) {
		m.Store(i, &m)
	}
	measure("map.hit", hit, n)
	measure("map.miss", miss, n)
	measure("map.store", store, n)
	measure("map.churn", churn, n)
	measure("map.mixed", mixed, n)
	measure("map.range", ranged, max(n, keys*workers))
}
