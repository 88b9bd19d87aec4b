// SPDX-License-Identifier: MIT

//go:build ignore

//go:debug asynctimerchan=0

// A ticker: on schedule, dropping what nobody was in time for, stopped, reset.  What
// depends on being there in time is looked at once more, with twice the interval, if this
// goroutine was late.
package main

import (
	"fmt"
	"time"
)

func ready(t *time.Ticker) bool {
	select {
	case <-t.C:
		return true
	default:
		return false
	}
}

type found struct {
	atOnce, apart, oldest, one, back bool
}

func watch(d time.Duration) (t *time.Ticker, f found) {
	start := time.Now()
	missed := false
	by := func(d time.Duration) { missed = missed || time.Since(start) > d }
	t = time.NewTicker(d)
	f.atOnce = ready(t)
	by(d)
	a := <-t.C
	by(d + d/4)
	b := <-t.C
	by(2*d + d/4)
	f.apart = (b.Sub(a)+d/2)/d == 1

	time.Sleep(5*d + d/2)
	a = <-t.C
	f.oldest = a.Sub(b) < 2*d
	f.one = !ready(t)
	by(8*d - d/8)
	c := <-t.C
	f.back = c.Sub(a) > 3*d
	if missed {
		t.Stop()
		return nil, f
	}
	return t, f
}

func main() {
	d := 20 * time.Millisecond
	t, f := watch(d)
	for t == nil {
		d *= 2
		t, f = watch(d)
	}
	fmt.Println("ready at once:", f.atOnce)
	fmt.Println("one interval apart:", f.apart)
	fmt.Println("kept the oldest:", f.oldest)
	fmt.Println("and only one:", f.one)
	fmt.Println("then back on schedule:", f.back)

	time.Sleep(2 * d)
	t.Stop()
	fmt.Println("ready when stopped:", ready(t))
	time.Sleep(2 * d)
	fmt.Println("and later:", ready(t))

	t.Reset(d / 2)
	<-t.C
	time.Sleep(d)
	t.Reset(time.Hour)
	fmt.Println("ready when reset:", ready(t))
	t.Stop()
	fmt.Println("no ticks of nothing:", time.Tick(0) == nil && time.Tick(-1) == nil)
}
