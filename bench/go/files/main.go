// SPDX-License-Identifier: MIT
// As bench/c/files.c.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const (
	block  = 4096
	blocks = 65536
	cached = 256
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func cpu() float64 {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return float64(r.Utime.Sec+r.Stime.Sec)*1e6 + float64(r.Utime.Usec+r.Stime.Usec)
}

func aligned() []byte {
	b := make([]byte, 2*block)
	skip := block - int(uintptr(unsafe.Pointer(&b[0]))%block)
	return b[skip%block : skip%block+block]
}

func fadvise(f *os.File, advice uintptr) {
	syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, advice, 0, 0)
}

func main() {
	mode := os.Args[1]
	n, _ := strconv.Atoi(os.Args[2])
	ops, _ := strconv.Atoi(os.Args[3])
	must(os.Chdir(os.Args[4]))
	flags := os.O_RDWR
	if mode == "direct" {
		flags |= syscall.O_DIRECT
	}
	big, err := os.OpenFile("big", flags, 0)
	must(err)
	span := uint64(blocks)
	if mode == "cached" {
		span = cached
		big.ReadAt(make([]byte, cached*block), 0)
	} else {
		fadvise(big, 4)
	}
	fadvise(big, 1)
	var wg sync.WaitGroup
	start, used, each := time.Now(), cpu(), ops/n
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			buf := aligned()
			if mode == "fsync" {
				f, err := os.OpenFile(fmt.Sprint("own", i), os.O_RDWR|os.O_CREATE, 0600)
				must(err)
				for k := 0; k < each; k++ {
					_, err := f.WriteAt(buf, int64(k%64*block))
					must(err)
					must(f.Sync())
				}
				f.Close()
				return
			}
			x := uint64(i)*2654435761 + 1
			for k := 0; k < each; k++ {
				x = x*6364136223846793005 + 1442695040888963407
				_, err := big.ReadAt(buf, int64((x>>33)%span*block))
				must(err)
			}
		}()
	}
	wg.Wait()
	all := float64(n * each)
	fmt.Printf("%s %d: %.1f us, %.1f us of CPU\n", mode, n, float64(time.Since(start).Nanoseconds())/1e3/all, (cpu()-used)/all)
}
