// SPDX-License-Identifier: MIT

//! Get and put back: one thing; and from one task to another over a channel.  Nothing in tokio
//! or std pools; a list for each thread is faster than a queue for all.

use std::cell::RefCell;
use std::hint::black_box;

use kanal::{AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 8;
const KEPT: usize = 64;

type Thing = [usize; 8];

/// What is handed on is a pointer, as it is where pooling pays.
type Things = Vec<Box<Thing>>;

thread_local! {
    static POOL: RefCell<Things> = const { RefCell::new(Vec::new()) };
}

fn get() -> Box<Thing> {
    POOL.with_borrow_mut(Vec::pop).unwrap_or_default()
}

fn put(thing: Box<Thing>) {
    POOL.with_borrow_mut(|pool| {
        if pool.len() < KEPT {
            pool.push(thing);
        }
    });
}

async fn use_one(n: usize) {
    for _ in 0..n {
        let mut thing = get();
        thing[0] += 1;
        put(black_box(thing));
    }
}

async fn get_all(n: usize, sender: AsyncSender<Box<Thing>>) {
    for _ in 0..n {
        sender.send(get()).await.unwrap();
    }
}

async fn pools() {
    let n = report::count();
    let each = n / WORKERS;
    let start = Span::start();
    let tasks = [(); WORKERS].map(|()| tokio::spawn(use_one(each)));
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op("pool", each * WORKERS);

    let (passed, mut got) = (n / 20, 0);
    let (sender, receiver) = bounded_async(64);
    let start = Span::start();
    tokio::spawn(get_all(passed, sender));
    while let Ok(thing) = receiver.recv().await {
        put(thing);
        got += 1;
    }
    start.per_op("pool.passed", passed);
    report::check(got == passed, "pool: some did not arrive");
}

fn main() {
    runtime::run(pools());
}
