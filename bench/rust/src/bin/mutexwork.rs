// SPDX-License-Identifier: MIT

//! Eight tasks, some 300 ns of work inside the mutex and as much outside.  Nothing is awaited
//! under it, hence std's.

use std::hint::black_box;
use std::sync::{Arc, Mutex};

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 8;
const STEPS: usize = 300;

/// A chain of dependent additions and shifts: about a nanosecond each.
fn work(mut x: u64) -> u64 {
    for _ in 0..STEPS {
        x = x.wrapping_add(x << 1 | 1);
        x ^= x >> 7;
    }
    black_box(x)
}

async fn count(inside: Arc<Mutex<u64>>, n: usize) -> u64 {
    let mut outside = 0;
    for _ in 0..n {
        {
            let mut inside = inside.lock().unwrap();
            *inside = work(*inside);
        }
        outside = work(outside);
    }
    outside
}

async fn work_under_mutex() {
    let each = report::count() / WORKERS;
    let inside = Arc::new(Mutex::new(0));
    let start = Span::start();
    let tasks = [(); WORKERS].map(|()| tokio::spawn(count(inside.clone(), each)));
    let mut outside = Vec::new();
    for task in tasks {
        outside.push(task.await.unwrap());
    }
    start.per_op("mutexwork", each * WORKERS);
    let want = (0..each).fold(0, |x, _| work(x));
    let want_inside = (each..each * WORKERS).fold(want, |x, _| work(x));
    report::check(
        outside.iter().all(|x| *x == want) && *inside.lock().unwrap() == want_inside,
        "mutexwork: wrong result",
    );
}

fn main() {
    runtime::run(work_under_mutex());
}
