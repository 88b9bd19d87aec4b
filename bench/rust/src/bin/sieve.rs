// SPDX-License-Identifier: MIT

//! The concurrent prime sieve: a chain of filters, one for each prime found; their channels
//! are kanal's without a buffer, as in pingpong.

use kanal::{AsyncReceiver, AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn generate(sender: AsyncSender<usize>) {
    let mut i = 2;
    while sender.send(i).await.is_ok() {
        i += 1;
    }
}

async fn filter(receiver: AsyncReceiver<usize>, sender: AsyncSender<usize>, prime: usize) {
    while let Ok(v) = receiver.recv().await {
        if !v.is_multiple_of(prime) && sender.send(v).await.is_err() {
            return;
        }
    }
}

fn is_prime(v: usize) -> bool {
    v > 1
        && (2..)
            .take_while(|d| d * d <= v)
            .all(|d| !v.is_multiple_of(d))
}

async fn sieve() {
    let n = report::count();
    let mut prime = 0;
    let start = Span::start();
    let (sender, mut last) = bounded_async(0);
    tokio::spawn(generate(sender));
    for _ in 0..n {
        prime = last.recv().await.unwrap();
        let (sender, receiver) = bounded_async(0);
        tokio::spawn(filter(last, sender, prime));
        last = receiver;
    }
    start.millis("sieve");
    report::check(is_prime(prime), "sieve: no prime");
}

fn main() {
    runtime::run(sieve());
}
