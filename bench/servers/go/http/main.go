// SPDX-License-Identifier: MIT

// An HTTP server: a greeting at /, what was posted comes back from /echo.
package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"time"

	"goroutine.bench/servers/listen"
)

func greet(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "Hello, world!\n")
}

func echo(w http.ResponseWriter, r *http.Request) {
	body := http.MaxBytesReader(w, r.Body, 1<<20)
	if _, err := io.Copy(w, body); err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", greet)
	mux.HandleFunc("/echo", echo)
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    8 << 10,
	}
	l := listen.Listener()
	stopped := make(chan struct{})
	go func() {
		<-listen.Stopped()
		limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		server.Shutdown(limit)
		close(stopped)
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-stopped
}
