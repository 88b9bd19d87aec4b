// SPDX-License-Identifier: MIT
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func tell(script string, ctx context.Context) {
	c := exec.CommandContext(ctx, "sh", "-c", script)
	out, _ := c.Output()
	fmt.Print(string(out))
	status := c.ProcessState.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		fmt.Println("signal", int(status.Signal()))
	} else {
		fmt.Println("exit", status.ExitStatus())
	}
}

func main() {
	tell("echo hello", context.Background())
	tell("echo bad; exit 3", context.Background())
	tell("kill -TERM $$", context.Background())
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	tell("exec sleep 1000", ctx)
	cancel()
	q := exec.Command("sleep", "1000")
	q.Start()
	q.Process.Signal(os.Interrupt)
	q.Wait()
	fmt.Println("signal", int(q.ProcessState.Sys().(syscall.WaitStatus).Signal()))
	if errors.Is(q.Process.Signal(os.Interrupt), os.ErrProcessDone) {
		fmt.Println("done")
	}
	fmt.Println(errors.Is(exec.Command("/there/is/no/such/program").Start(), fs.ErrNotExist))
}
