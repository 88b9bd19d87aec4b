// SPDX-License-Identifier: MIT

// Arming and stopping a timer: a new one each time, the same one again, one with a
// function; and each of them while 100,000 others are pending.
package main

import (
	"time"

	"goroutine.bench/report"
)

const live = 100000

func nothing() {
}

// An hour and more, no two alike.
func away(i int) time.Duration {
	return time.Hour + time.Duration(i*7919%100003)*time.Microsecond
}

func must(stopped bool) {
	if !stopped {
		report.Fail("a timer of an hour was not running")
	}
}

func measureNew(name string, n int) {
	start := report.Start()
	for i := range n {
		t := time.NewTimer(away(i))
		must(t.Stop())
	}
	report.PerOp(name, start, n)
}

func measureReset(name string, n int) {
	t := time.NewTimer(time.Hour)
	start := report.Start()
	for i := range n {
		must(t.Stop())
		t.Reset(away(i))
	}
	report.PerOp(name, start, n)
	t.Stop()
}

func measureFunc(name string, n int) {
	start := report.Start()
	for i := range n {
		t := time.AfterFunc(away(i), nothing)
		must(t.Stop())
	}
	report.PerOp(name, start, n)
}

func main() {
	n := report.Count()
	measureNew("timer.new", n)
	measureReset("timer.reset", n)
	measureFunc("timer.func", n)
	timers := make([]*time.Timer, 0, 2*live)
	for i := range live {
		timers = append(timers, time.NewTimer(away(i)), time.AfterFunc(away(i), nothing))
	}
	measureNew("timer.new.live", n)
	measureReset("timer.reset.live", n)
	measureFunc("timer.func.live", n)
	for _, t := range timers {
		must(t.Stop())
	}
}
