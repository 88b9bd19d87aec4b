// SPDX-License-Identifier: MIT

//! What the servers share: the listener, the signal that ends them.

use std::env;
use std::future::Future;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::sleep;

use crate::report;

/// Opens the address given on the command line, or one that is free.
pub async fn listener() -> TcpListener {
    let address = env::args().nth(1).unwrap_or("127.0.0.1:0".to_string());
    let opened = async {
        let listener = TcpListener::bind(&address).await?;
        println!("listening on {}", listener.local_addr()?);
        std::io::Result::Ok(listener)
    };
    match opened.await {
        Ok(listener) => listener,
        Err(e) => report::fail(format_args!("{address}: {e}")),
    }
}

/// Ends with the signal that asks the program to end.
pub fn stopped() -> impl Future<Output = ()> {
    let wait_for = |kind| signal(kind).unwrap_or_else(|e| report::fail(e));
    let mut terminate = wait_for(SignalKind::terminate());
    let mut interrupt = wait_for(SignalKind::interrupt());
    async move {
        select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

/// Hands each connection to `serve`, until `stop` ends.
pub async fn accept(
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    mut serve: impl FnMut(TcpStream),
) {
    tokio::pin!(stop);
    loop {
        let accepted = select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => return,
        };
        match accepted {
            Ok((stream, _)) => {
                // What Go does, too; without it, nothing but delay.
                let _ = stream.set_nodelay(true);
                serve(stream);
            }
            Err(e) => {
                eprintln!("accept: {e}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
