// SPDX-License-Identifier: MIT

//go:build ignore

// A select over an array of cases that is made while the program runs, and grows
// smaller as the sources end.
package main

import (
	"fmt"
	"reflect"
)

const sources = 20

func source(out chan<- int, id int) {
	for i := 0; i < id; i++ {
		out <- id*100 + i
	}
	close(out)
}

func main() {
	var ids, values, sums [sources]int
	var cases []reflect.SelectCase
	for i := range ids {
		in := make(chan int, i%3)
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(in)})
		ids[i] = i
		go source(in, i)
	}
	for n := sources; n > 0; {
		chosen, v, ok := reflect.Select(cases[:n])
		id := ids[chosen]
		if ok {
			values[id]++
			sums[id] += int(v.Int())
		} else { // the last case takes its place
			n--
			cases[chosen] = cases[n]
			ids[chosen] = ids[n]
		}
	}
	for i := range values {
		fmt.Printf("source %d: %d values, sum %d\n", i, values[i], sums[i])
	}
}
