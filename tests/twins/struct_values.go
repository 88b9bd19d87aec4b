// SPDX-License-Identifier: MIT

//go:build ignore

// A channel copies whole structs: sender and receiver share nothing.
package main

import "fmt"

type reading struct {
	sensor  [12]byte
	samples [16]float64
	count   int
}

func sender(c chan<- reading) {
	r := reading{sensor: [12]byte{'t', 'e', 'm', 'p'}}
	for i := 0; i < 4; i++ {
		r.sensor[4] = byte('0' + i)
		r.samples[i] = float64(i) * 1.25
		r.count = i + 1
		c <- r
	}
	close(c)
}

func main() {
	c := make(chan reading, 2)
	go sender(c)

	for r := range c {
		sum := 0.0
		for i := 0; i < r.count; i++ {
			sum += r.samples[i]
		}
		fmt.Printf("%s: %d samples, sum %.2f\n", string(r.sensor[:5]), r.count, sum)
		r.samples[0] = 1000 // our copy only
	}
}
