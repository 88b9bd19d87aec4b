// SPDX-License-Identifier: MIT

//go:build ignore

// A row of goroutines with a number each; neighbours compare and exchange until
// the row is in order.
package main

import (
	"fmt"
	"strings"
	"sync"
)

const n = 12

var toRight, toLeft [n]chan int // between i and i + 1

func cell(i int, v *int) {
	for round := 0; round < n; round++ {
		if (i+round)%2 == 0 {
			if i+1 < n {
				toRight[i] <- *v
				*v = min(*v, <-toLeft[i])
			}
		} else if i > 0 {
			other := <-toRight[i-1]
			toLeft[i-1] <- *v
			*v = max(*v, other)
		}
	}
}

func sort(row []int) {
	var wg sync.WaitGroup
	for i := range row {
		wg.Go(func() { cell(i, &row[i]) })
	}
	wg.Wait()
	fmt.Println(strings.Trim(fmt.Sprint(row), "[]"))
}

func main() {
	for i := range toRight {
		toRight[i], toLeft[i] = make(chan int), make(chan int)
	}
	row := make([]int, n)
	for seed := 1; seed <= 4; seed++ {
		for i := range row {
			row[i] = (i*7 + 5) * seed % 31
		}
		sort(row)
	}
	for i := range row {
		row[i] = n - i
	}
	sort(row)
}
