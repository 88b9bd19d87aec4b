// SPDX-License-Identifier: MIT

//! Many tasks, 1000 if not told otherwise, each select over one hot channel that they share
//! and a quiet one of their own.  flume's without a buffer: it has many receivers, and a
//! receive that select may abandon.

use flume::Receiver;
use tokio::select;
use tokio::sync::mpsc;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn selector(hot: Receiver<usize>, mut quiet: mpsc::Receiver<()>) -> usize {
    let mut sum = 0;
    loop {
        select! {
            v = hot.recv_async() => match v {
                Ok(v) => sum += v,
                Err(_) => return sum,
            },
            _ = quiet.recv() => report::fail("hotselect: the quiet one spoke"),
        }
    }
}

async fn select_hot() {
    let (n, selectors) = (report::count(), report::size(1000));
    let (sender, hot) = flume::bounded(0);
    let (quiet, tasks): (Vec<_>, Vec<_>) = (0..selectors)
        .map(|_| {
            let (quiet, receiver) = mpsc::channel(1);
            (quiet, tokio::spawn(selector(hot.clone(), receiver)))
        })
        .unzip();
    drop(hot);
    let start = Span::start();
    for i in 0..n {
        sender.send_async(i).await.unwrap();
    }
    drop(sender);
    let mut sum = 0;
    for task in tasks {
        sum += task.await.unwrap();
    }
    start.per_op("hotselect", n);
    drop(quiet);
    report::check(sum == report::sum_below(n), "hotselect: wrong sum");
}

fn main() {
    runtime::run(select_hot());
}
