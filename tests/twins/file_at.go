// SPDX-License-Identifier: MIT
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

func main() {
	name := fmt.Sprintf("twin_%d", os.Getpid())
	f, _ := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0600)
	_, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0600)
	fmt.Println(errors.Is(err, fs.ErrExist))
	os.Remove(name)
	_, err = os.Open(name)
	fmt.Println(errors.Is(err, fs.ErrNotExist))
	var wg sync.WaitGroup
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.WriteAt([]byte(fmt.Sprintf("line %d\n", i)), int64(7*i))
		}()
	}
	wg.Wait()
	fmt.Println("sync", f.Sync())
	buf := make([]byte, 100)
	n, _ := f.ReadAt(buf[:14], 21)
	fmt.Printf("%d %s", n, buf[:n])
	n, _ = f.ReadAt(buf, 63)
	fmt.Printf("%d %s", n, buf[:n])
	n, _ = f.ReadAt(buf, 70)
	fmt.Println(n)
	f.Close()
	if _, err := f.ReadAt(buf[:1], 0); err != nil {
		fmt.Println("closed")
	}
}
