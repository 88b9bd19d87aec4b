// SPDX-License-Identifier: MIT

//go:build ignore

// One goroutine per file, but only four of them at work at a time.
package main

import (
	"fmt"
	"sync"
)

const atOnce = 4

var files = []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta",
	"iota", "kappa", "lambda", "mu"}

// digest is the 32-bit FNV-1a hash.
func digest(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func main() {
	digests := make([]uint32, len(files))
	tokens := make(chan struct{}, atOnce)
	var wg sync.WaitGroup

	for i, name := range files {
		tokens <- struct{}{} // waits here while four are running
		wg.Go(func() {
			digests[i] = digest(name)
			<-tokens
		})
	}
	wg.Wait()

	for i, name := range files {
		fmt.Printf("%08x %s\n", digests[i], name)
	}
}
