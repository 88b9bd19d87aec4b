// SPDX-License-Identifier: MIT

//! One task selects over four channels, each with its sender.  tokio's of one element, as
//! theirs is the receive that select may abandon without losing a value.

use tokio::select;
use tokio::sync::mpsc::{self, Sender};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const SENDERS: usize = 4;

async fn send(sender: Sender<usize>, n: usize) {
    for i in 0..n {
        sender.send(i).await.unwrap();
    }
}

async fn select_over_four() {
    let each = report::count() / SENDERS;
    let (senders, [mut a, mut b, mut c, mut d]) = {
        let pairs = [(); SENDERS].map(|()| mpsc::channel(1));
        let mut senders = Vec::new();
        let receivers = pairs.map(|(sender, receiver)| {
            senders.push(sender);
            receiver
        });
        (senders, receivers)
    };
    let mut sum = 0;
    let start = Span::start();
    for sender in senders {
        tokio::spawn(send(sender, each));
    }
    for _ in 0..each * SENDERS {
        sum += select! {
            Some(v) = a.recv() => v,
            Some(v) = b.recv() => v,
            Some(v) = c.recv() => v,
            Some(v) = d.recv() => v,
            else => report::fail("select4: all are closed"),
        };
    }
    start.per_op("select4", each * SENDERS);
    report::check(
        sum == SENDERS * report::sum_below(each),
        "select4: wrong sum",
    );
}

fn main() {
    runtime::run(select_over_four());
}
