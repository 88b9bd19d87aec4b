// SPDX-License-Identifier: MIT

//! One task selects over 64 channels, each with its sender: tokio's of one element, as in
//! select4, polled in turn.  Where nearly all have something this is faster than a
//! FuturesUnordered, which polls only those that have.

use std::future;
use std::task::{Context, Poll};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const SENDERS: usize = 64;

async fn send(sender: Sender<usize>, n: usize) {
    for i in 0..n {
        sender.send(i).await.unwrap();
    }
}

/// Any of the receivers: the search goes on behind the one that had something last.
struct Any {
    receivers: Vec<Receiver<usize>>,
    next: usize,
}

impl Any {
    fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<usize> {
        for _ in 0..SENDERS {
            let i = self.next;
            self.next = (i + 1) % SENDERS;
            if let Poll::Ready(Some(v)) = self.receivers[i].poll_recv(cx) {
                return Poll::Ready(v);
            }
        }
        Poll::Pending
    }

    async fn recv(&mut self) -> usize {
        future::poll_fn(|cx| self.poll_recv(cx)).await
    }
}

async fn select_over_many() {
    let each = report::count() / SENDERS;
    let (senders, receivers): (Vec<_>, _) = (0..SENDERS).map(|_| mpsc::channel(1)).unzip();
    let mut any = Any { receivers, next: 0 };
    let mut sum = 0;
    let start = Span::start();
    for sender in senders {
        tokio::spawn(send(sender, each));
    }
    for _ in 0..each * SENDERS {
        sum += any.recv().await;
    }
    start.per_op("select64", each * SENDERS);
    report::check(
        sum == SENDERS * report::sum_below(each),
        "select64: wrong sum",
    );
}

fn main() {
    runtime::run(select_over_many());
}
