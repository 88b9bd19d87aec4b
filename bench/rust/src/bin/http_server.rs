// SPDX-License-Identifier: MIT

//! An HTTP server, by hyper: a greeting at /, what was posted comes back from /echo.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{Either, Full, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::time::timeout;
use tokio_bench::runtime;
use tokio_bench::serve;

/// For a header, which hyper begins to wait for when the answer before it has gone.
const PATIENCE: Duration = Duration::from_secs(60);
const LONGEST_BODY: usize = 1 << 20;
const LONGEST_HEADER: usize = 8 << 10;

type Answer = Response<Either<Full<Bytes>, Limited<Incoming>>>;

fn greet() -> Answer {
    let mut answer = Response::new(Either::Left(Full::from("Hello, world!\n")));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    answer
}

/// The body goes back as it comes.  One that says beforehand that it is too long is refused;
/// one that becomes too long is cut off, and the connection with it.
fn echo(request: Request<Incoming>) -> Answer {
    let body = request.into_body();
    if body.size_hint().lower() > LONGEST_BODY as u64 {
        let mut answer = Response::new(Either::Left(Full::from("too long\n")));
        *answer.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return answer;
    }
    Response::new(Either::Right(Limited::new(body, LONGEST_BODY)))
}

async fn handle(request: Request<Incoming>) -> Result<Answer, Infallible> {
    Ok(match request.uri().path() {
        "/echo" => echo(request),
        _ => greet(),
    })
}

async fn serve_http() {
    let stop = serve::stopped();
    let listener = serve::listener().await;
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LONGEST_HEADER);
    serve::accept(listener, stop, |stream| {
        let connection = http.serve_connection(TokioIo::new(stream), service_fn(handle));
        // Its errors are the client's: there is nobody to tell.
        tokio::spawn(graceful.watch(connection));
    })
    .await;
    let _ = timeout(Duration::from_secs(10), graceful.shutdown()).await;
}

fn main() {
    runtime::run(serve_http());
}
