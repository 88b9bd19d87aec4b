// SPDX-License-Identifier: MIT
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func take(name string, c chan os.Signal) {
	fmt.Println(name, <-c)
}

func main() {
	a, b := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(a, syscall.SIGUSR1, syscall.SIGUSR2)
	signal.Notify(b, syscall.SIGUSR1)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	take("a", a)
	take("b", b)
	syscall.Kill(os.Getpid(), syscall.SIGUSR2)
	take("a", a)
	signal.Stop(b)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	take("a", a)
	fmt.Println("b", len(b))
	signal.Ignore(syscall.SIGUSR1)
	fmt.Println(signal.Ignored(syscall.SIGUSR1))
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	syscall.Kill(os.Getpid(), syscall.SIGUSR2)
	take("a", a)
	fmt.Println("a", len(a))
	signal.Reset(syscall.SIGUSR1)
	signal.Stop(a)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	syscall.Kill(os.Getpid(), syscall.SIGTERM)
	<-ctx.Done()
	fmt.Println(ctx.Err())
	stop()
}
