// SPDX-License-Identifier: MIT

//! One task sends to itself through a channel of one element, kanal's, as in stream.

use kanal::bounded_async;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn send_to_self() {
    let n = report::count();
    let (sender, receiver) = bounded_async(1);
    let mut sum = 0;
    let start = Span::start();
    for i in 0..n {
        sender.send(i).await.unwrap();
        sum += receiver.recv().await.unwrap();
    }
    start.per_op("self", n);
    report::check(sum == report::sum_below(n), "self: wrong sum");
}

fn main() {
    runtime::run(send_to_self());
}
