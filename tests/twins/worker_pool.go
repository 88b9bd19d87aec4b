// SPDX-License-Identifier: MIT

//go:build ignore

// A fixed number of workers takes jobs from one channel and answers on another.
package main

import "fmt"

const workers, jobCount = 3, 12

type job struct{ id, n int }

type result struct{ id, value int }

func collatz(n int) int {
	steps := 0
	for ; n != 1; steps++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return steps
}

func worker(jobs <-chan job, results chan<- result) {
	for j := range jobs {
		results <- result{j.id, collatz(j.n)}
	}
}

func main() {
	jobs := make(chan job, jobCount)
	results := make(chan result)
	for i := 0; i < workers; i++ {
		go worker(jobs, results)
	}
	for id := 0; id < jobCount; id++ {
		jobs <- job{id, 27 + id}
	}
	close(jobs)

	var values [jobCount]int
	for i := 0; i < jobCount; i++ {
		r := <-results
		values[r.id] = r.value
	}
	for id, v := range values {
		fmt.Printf("%d takes %d steps\n", 27+id, v)
	}
}
