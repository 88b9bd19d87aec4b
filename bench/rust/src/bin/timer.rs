// SPDX-License-Identifier: MIT

//! Arming and stopping a timer: a new one each time, the same one again, one with a function;
//! and each of them while 100,000 others are pending.
//!
//! A sleep is armed by its first poll and stopped by its drop; reset does both at once.  What
//! has a function is an entry of a DelayQueue: a task for each would cost several times that.

use std::pin::{Pin, pin};
use std::time::Duration;

use futures::poll;
use tokio::task::yield_now;
use tokio::time::{Instant, Sleep, sleep};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;
use tokio_util::time::DelayQueue;

const LIVE: usize = 100_000;

type Functions = DelayQueue<fn()>;

fn nothing() {}

/// An hour and more, no two alike.
fn away(i: usize) -> Duration {
    Duration::from_secs(3600) + Duration::from_micros((i * 7919 % 100_003) as u64)
}

async fn arm(timer: Pin<&mut Sleep>) {
    let pending = poll!(timer).is_pending();
    report::check(pending, "a timer of an hour was not running");
}

async fn measure_new(name: &str, n: usize) {
    let start = Span::start();
    for i in 0..n {
        arm(pin!(sleep(away(i)))).await;
    }
    start.per_op(name, n);
}

async fn measure_reset(name: &str, n: usize) {
    let mut timer = pin!(sleep(away(0)));
    arm(timer.as_mut()).await;
    let start = Span::start();
    for i in 0..n {
        timer.as_mut().reset(Instant::now() + away(i));
    }
    start.per_op(name, n);
    arm(timer).await;
}

fn measure_func(name: &str, functions: &mut Functions, n: usize) {
    let start = Span::start();
    for i in 0..n {
        let key = functions.insert(nothing, away(i));
        let stopped = functions.try_remove(&key).is_some();
        report::check(stopped, "a timer of an hour was not running");
    }
    start.per_op(name, n);
}

async fn timers() {
    let n = report::count();
    let mut functions = Functions::new();
    measure_new("timer.new", n).await;
    measure_reset("timer.reset", n).await;
    measure_func("timer.func", &mut functions, n);
    let mut live = Vec::with_capacity(LIVE);
    for i in 0..LIVE {
        let mut timer = Box::pin(sleep(away(i)));
        arm(timer.as_mut()).await;
        live.push(timer);
        functions.insert(nothing, away(i));
    }
    // Once through the scheduler, as in any program: its driver learns when to wake next, and
    // need not be told of timers that are due later.
    yield_now().await;
    measure_new("timer.new.live", n).await;
    measure_reset("timer.reset.live", n).await;
    measure_func("timer.func.live", &mut functions, n);
    let all = functions.len() == LIVE && !live.iter().any(|timer| timer.is_elapsed());
    report::check(all, "timer: some are gone");
}

fn main() {
    runtime::run(timers());
}
