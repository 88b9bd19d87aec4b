// SPDX-License-Identifier: MIT

//! Skynet: a tree of tasks, ten children each, sums its leaves' numbers.  A task hands its
//! sum to whoever awaits its handle, which is faster than to send it over a channel.

use std::array;
use std::future::Future;
use std::pin::Pin;

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const CHILDREN: usize = 10;

type Sum = Pin<Box<dyn Future<Output = usize> + Send>>;

/// Boxed, as the type would contain itself.
fn node(first: usize, leaves: usize) -> Sum {
    Box::pin(async move {
        if leaves == 1 {
            return first;
        }
        let part = leaves / CHILDREN;
        let children: [_; CHILDREN] =
            array::from_fn(|i| tokio::spawn(node(first + i * part, part)));
        let mut sum = 0;
        for child in children {
            sum += child.await.unwrap();
        }
        sum
    })
}

async fn skynet() {
    let n = report::count();
    // Any other count has nodes whose children never get down to one leaf.
    let power = n == CHILDREN.pow(n.ilog10());
    report::check(power, "skynet: not a power of ten");
    let start = Span::start();
    let sum = tokio::spawn(node(0, n)).await.unwrap();
    start.millis("skynet");
    report::check(sum == report::sum_below(n), "skynet: wrong sum");
}

fn main() {
    runtime::run(skynet());
}
