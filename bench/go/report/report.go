// SPDX-License-Identifier: MIT

// Package report is what the Go halves of the benchmarks share: the loop count
// of the command line, and one line "name value unit" per figure.
package report

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Count returns the loop count given on the command line.
func Count() int {
	if len(os.Args) == 2 {
		if n, err := strconv.Atoi(os.Args[1]); err == nil && n > 0 {
			return n
		}
	}
	Fail("usage: %s COUNT", os.Args[0])
	return 0
}

// PerOp prints the nanoseconds that each of n operations took since start.
func PerOp(name string, start time.Time, n int) {
	fmt.Printf("%s %.2f ns\n", name, float64(time.Since(start).Nanoseconds())/float64(n))
}

// Millis prints the milliseconds since start.
func Millis(name string, start time.Time) {
	fmt.Printf("%s %.3f ms\n", name, float64(time.Since(start).Nanoseconds())/1e6)
}

// Delays prints the median and the 99th percentile, in microseconds.
func Delays(name string, d []time.Duration) {
	slices.Sort(d)
	fmt.Printf("%s.median %.2f us\n", name, float64(d[len(d)/2].Nanoseconds())/1e3)
	fmt.Printf("%s.p99 %.2f us\n", name, float64(d[len(d)*99/100].Nanoseconds())/1e3)
}

// Resident returns the memory in use, page tables included, in bytes.
func Resident() int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		Fail("%v", err)
	}
	total := 0
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) > 1 && (f[0] == "VmRSS:" || f[0] == "VmPTE:") {
			kib, _ := strconv.Atoi(f[1])
			total += kib * 1024
		}
	}
	return total
}

// Fail ends the program: a benchmark that got a wrong result has no figure.
func Fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
