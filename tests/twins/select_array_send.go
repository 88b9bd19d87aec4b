// SPDX-License-Identifier: MIT

//go:build ignore

// Work is dealt to whichever worker is free: a select over sends of one value to
// many channels, or none.
package main

import (
	"fmt"
	"reflect"
	"sync"
)

const workers, jobs = 5, 200

func worker(jobs <-chan int, done, sum *int) {
	for job := range jobs {
		*done++
		*sum += job
	}
}

func send(cases []reflect.SelectCase, job int) int {
	for i := range cases {
		if cases[i].Dir == reflect.SelectSend {
			cases[i].Send = reflect.ValueOf(job)
		}
	}
	chosen, _, _ := reflect.Select(cases)
	return chosen
}

func main() {
	var to [workers]chan int
	var done, sums [workers]int
	var cases []reflect.SelectCase
	for i := range to {
		to[i] = make(chan int, 1)
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectSend, Chan: reflect.ValueOf(to[i])})
	}
	cases = append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})
	for job := 0; job < workers; job++ {
		send(cases, job)
	}
	fmt.Println("all are busy:", send(cases, workers) == workers)

	var wg sync.WaitGroup
	for i := range to {
		wg.Go(func() { worker(to[i], &done[i], &sums[i]) })
	}
	for job := workers; job < jobs; job++ {
		send(cases[:workers], job)
	}
	for _, c := range to {
		close(c)
	}
	wg.Wait()
	n, sum := 0, 0
	for i := range done {
		n += done[i]
		sum += sums[i]
	}
	fmt.Println("jobs", n, "sum", sum)
}
