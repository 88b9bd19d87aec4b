// SPDX-License-Identifier: MIT

//go:build ignore

// Channels of every kind of element give back what was put in.
package main

import (
	"fmt"
	"math"
)

type pixel struct{ r, g, b uint8 }

type board [2][3]int

type colour int

const (
	red colour = iota
	green
	blue
)

func twice(n int) int { return 2 * n }

// through sends v through a channel of its type and receives it again.
func through[T any](v T) T {
	c := make(chan T, 1)
	c <- v
	return <-c
}

func main() {
	fmt.Println("bool", through(true))
	fmt.Println("signed", through(int8(math.MinInt8)), through(int16(math.MinInt16)),
		through(int32(math.MinInt32)), through(int64(math.MinInt64)))
	fmt.Println("unsigned", through(uint8(math.MaxUint8)), through(uint16(math.MaxUint16)),
		through(uint32(math.MaxUint32)), through(uint64(math.MaxUint64)))
	fmt.Printf("floating %.3f %.3f\n", through(float32(0.5)), through(-1.25))
	fmt.Println("string", through("text"))
	target := 7
	p := through(&target)
	fmt.Printf("pointer to the same: %v, %d\n", p == &target, *p)
	px := through(pixel{1, 2, 3})
	fmt.Println("struct", px.r, px.g, px.b)
	bd := through(board{{1, 2, 3}, {4, 5, 6}})
	fmt.Println("array", bd[0][2], bd[1][0])
	fmt.Printf("enumeration %d\n", through(blue))
	fmt.Println("function", through(twice)(21))
}
