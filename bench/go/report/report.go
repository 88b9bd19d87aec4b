// SPDX-License-Identifier: MIT

// Package report is what the Go programs of the benchmarks share: the numbers of the
// command line, the clocks, and one line for each figure: "name value unit", or "name
// value unit cpu", where cpu is the CPU time of the whole process in the same unit.
package report

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		Fail("%s: not a number above 0: %s", os.Args[0], text)
	}
	return n
}

// Count returns the loop count given on the command line.
func Count() int {
	if len(os.Args) < 2 {
		Fail("usage: %s COUNT", os.Args[0])
	}
	return number(os.Args[1])
}

// Size returns what follows the loop count: how many goroutines, channels, ...
func Size(otherwise int) int {
	if len(os.Args) > 2 {
		return number(os.Args[2])
	}
	return otherwise
}

// CPU returns the CPU time of all threads of the process.
func CPU() time.Duration {
	const clockProcessCPUTime = 2
	var t syscall.Timespec
	_, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockProcessCPUTime,
		uintptr(unsafe.Pointer(&t)), 0)
	if errno != 0 {
		Fail("clock_gettime: %v", errno)
	}
	return time.Duration(t.Nano())
}

// Span is where a span begins.
type Span struct {
	wall time.Time
	cpu  time.Duration
}

// Start begins a span.
func Start() Span {
	cpu := CPU()
	return Span{time.Now(), cpu}
}

// print writes wall and CPU time since s for each of n operations, in units.
func (s Span) print(name string, n int, unit time.Duration, format, unitName string) {
	wall := time.Since(s.wall)
	cpu := CPU() - s.cpu
	each := float64(n) * float64(unit)
	fmt.Printf("%s "+format+" %s "+format+"\n", name, float64(wall)/each, unitName, float64(cpu)/each)
}

// PerOp prints the nanoseconds that each of n operations took since start.
func PerOp(name string, start Span, n int) {
	start.print(name, n, time.Nanosecond, "%.2f", "ns")
}

// MicrosPerOp is PerOp for what takes longer.
func MicrosPerOp(name string, start Span, n int) {
	start.print(name, n, time.Microsecond, "%.3f", "us")
}

// Millis prints the milliseconds since start.
func Millis(name string, start Span) {
	start.print(name, 1, time.Millisecond, "%.3f", "ms")
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
