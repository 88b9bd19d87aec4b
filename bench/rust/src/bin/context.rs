// SPDX-License-Identifier: MIT

//! CancellationTokens: make one below another, cancel it, let it go; the same with a
//! deadline, which is a sleep beside the token; awaited; one cancel for many children.

use std::pin::pin;
use std::time::Duration;

use futures::poll;
use tokio::time::sleep;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;
use tokio_util::sync::CancellationToken;

const CHILDREN: usize = 1000;
const HOUR: Duration = Duration::from_secs(3600);

fn one_by_one(n: usize, parent: &CancellationToken) {
    let start = Span::start();
    for _ in 0..n {
        parent.child_token().cancel();
    }
    start.per_op("context", n);
}

/// A sleep is armed by its first poll.
async fn with_timeout(n: usize, parent: &CancellationToken) {
    let start = Span::start();
    for _ in 0..n {
        let token = parent.child_token();
        let timeout = pin!(sleep(HOUR));
        let pending = poll!(timeout).is_pending();
        report::check(pending, "context: an hour is over");
        token.cancel();
    }
    start.per_op("context.timeout", n);
}

async fn waited_for(n: usize, parent: &CancellationToken) {
    let start = Span::start();
    for _ in 0..n {
        let token = parent.child_token();
        let done = token.cancelled();
        token.cancel();
        done.await;
    }
    start.per_op("context.done", n);
}

fn all_at_once(n: usize, parent: &CancellationToken) {
    let mut children = Vec::with_capacity(CHILDREN);
    let start = Span::start();
    for _ in 0..n.div_ceil(CHILDREN) {
        let token = parent.child_token();
        children.extend((0..CHILDREN).map(|_| token.child_token()));
        token.cancel();
        let all = children.iter().all(CancellationToken::is_cancelled);
        report::check(all, "context: a child goes on");
        children.clear();
    }
    start.per_op("context.family", n);
}

async fn contexts() {
    let n = report::count();
    let root = CancellationToken::new();
    one_by_one(n, &root);
    with_timeout(n, &root).await;
    waited_for(n, &root).await;
    all_at_once(n, &root);
    report::check(!root.is_cancelled(), "context: the root is cancelled");
}

fn main() {
    runtime::run(contexts());
}
