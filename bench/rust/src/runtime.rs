// SPDX-License-Identifier: MIT

//! The runtime that a program would choose: as many threads as `GOMAXPROCS` says, or CPUs.

use std::future::Future;
use std::thread::available_parallelism;

use tokio::runtime::Builder;

use crate::report;

/// How many threads run tasks.
pub fn workers() -> usize {
    match std::env::var("GOMAXPROCS") {
        Ok(text) => report::number(&text),
        Err(_) => available_parallelism().map_or(1, |n| n.get()),
    }
}

/// A single thread has the scheduler that is made for one: it is faster, and nobody who has
/// one thread would take the other.
fn builder() -> Builder {
    let workers = workers();
    let mut builder = match workers {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    builder.worker_threads(workers).enable_all();
    builder
}

/// Runs `main` as a task: what `block_on` runs itself is not on a worker, and all that it
/// says to a task would go from thread to thread.
fn run_on<F>(mut builder: Builder, main: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = match builder.build() {
        Ok(runtime) => runtime,
        Err(e) => report::fail(format_args!("no runtime: {e}")),
    };
    if let Err(e) = runtime.block_on(runtime.spawn(main)) {
        report::fail(format_args!("main: {e}"));
    }
}

/// Runs `main` to its end.
pub fn run<F>(main: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    run_on(builder(), main);
}

/// The same, with room for `threads` calls of `spawn_blocking` at a time, of which there are
/// 512 if nobody asks.
pub fn run_blocking<F>(threads: usize, main: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut builder = builder();
    builder.max_blocking_threads(threads);
    run_on(builder, main);
}
