// SPDX-License-Identifier: MIT

//! A server that sends back what it gets.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_bench::runtime;
use tokio_bench::serve;
use tokio_util::task::TaskTracker;

async fn echo(mut stream: TcpStream) {
    let mut buf = [0; 4096];
    while let Ok(n) = stream.read(&mut buf).await {
        if n == 0 || stream.write_all(&buf[..n]).await.is_err() {
            return;
        }
    }
}

async fn serve_echo() {
    let stop = serve::stopped();
    let listener = serve::listener().await;
    let connections = TaskTracker::new();
    serve::accept(listener, stop, |stream| {
        connections.spawn(echo(stream));
    })
    .await;
    connections.close();
    // Who is still there after a second is cut off.
    let _ = timeout(Duration::from_secs(1), connections.wait()).await;
}

fn main() {
    runtime::run(serve_echo());
}
