// SPDX-License-Identifier: MIT

//go:build ignore

// A map that owns its values: they are freed when they are replaced or deleted, but
// not while somebody looks at them.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type note struct {
	text    string
	version int
}

var names, numbers sync.Map

func newNote(text string, version int) *note {
	return &note{fmt.Sprint(text, " ", version), version}
}

func length(m *sync.Map) (n int) {
	m.Range(func(any, any) bool {
		n++
		return true
	})
	return n
}

func writer(id int) {
	name := fmt.Sprint("name", id)
	for v := 1; v <= 30; v++ {
		names.Store(name, newNote(name, v))
		numbers.Store(uint64(v%10), newNote("number", v))
		runtime.Gosched()
	}
}

func reader(id int, broken *int) {
	name := fmt.Sprint("name", id)
	for last := 0; last < 30; runtime.Gosched() {
		v, ok := names.Load(name)
		if !ok {
			continue
		}
		n := v.(*note)
		if n.text != fmt.Sprint(name, " ", n.version) || n.version < last {
			*broken++
		}
		last = n.version
	}
}

func main() {
	var broken [4]int
	var wg sync.WaitGroup
	for id := range broken {
		wg.Go(func() { reader(id, &broken[id]) })
		wg.Go(func() { writer(id) })
	}
	wg.Wait()
	fmt.Println("broken", broken[0]+broken[1]+broken[2]+broken[3])
	fmt.Println("names", length(&names), "numbers", length(&numbers))
	for number := uint64(0); number < 10; number++ {
		v, _ := numbers.Load(number)
		fmt.Println(v.(*note).text)
	}
	names.Delete("name2")
	_, ok := names.Load("name2")
	fmt.Printf("names %d, name2 there: %v\n", length(&names), ok)
}
