// SPDX-License-Identifier: MIT

//! A thread of the system and a task wake each other, over channels of one element, while
//! nothing else runs.

use std::thread;

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

fn echo(mut receiver: Receiver<usize>, sender: Sender<usize>) {
    while let Some(v) = receiver.blocking_recv() {
        sender.blocking_send(v + 1).unwrap();
    }
}

async fn wake() {
    let n = report::count();
    let (ping, ping_end) = mpsc::channel(1);
    let (pong_end, mut pong) = mpsc::channel(1);
    let thread = thread::spawn(|| echo(ping_end, pong_end));
    let mut sum = 0;
    let start = Span::start();
    for i in 0..n {
        ping.send(i).await.unwrap();
        sum += pong.recv().await.unwrap();
    }
    start.micros_per_op("wake", n);
    drop(ping);
    let closed = pong.recv().await.is_none();
    report::check(closed && sum == n * (n + 1) / 2, "wake: wrong sum");
    thread.join().unwrap();
}

fn main() {
    runtime::run(wake());
}
