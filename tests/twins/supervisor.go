// SPDX-License-Identifier: MIT

//go:build ignore

// Workers that end themselves in the middle of a job are noticed and replaced; no
// job is lost.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
)

const jobCount, workers = 30, 3

var jobs, again = make(chan int), make(chan int, jobCount)
var ended = make(chan bool) // whether all is done
var sum atomic.Int64
var done atomic.Int32

func work(job int) {
	if job%5 == 0 && job < 1000 {
		again <- job + 1000 // a second time it goes well
		ended <- false
		runtime.Goexit()
	}
	sum.Add(int64(job % 1000))
	done.Add(1)
}

func worker() {
	for job := range jobs {
		work(job)
	}
	ended <- true
}

func feed() {
	for job := 1; job <= jobCount; job++ {
		jobs <- job
	}
	for i := 0; i < jobCount/5; i++ {
		jobs <- <-again
	}
	close(jobs)
}

func main() {
	go feed()
	for i := 0; i < workers; i++ {
		go worker()
	}
	alive, replaced := workers, 0
	for alive > 0 {
		if <-ended {
			alive--
		} else {
			replaced++
			go worker()
		}
	}
	fmt.Printf("done %d, sum %d, replaced %d\n", done.Load(), sum.Load(), replaced)
}
