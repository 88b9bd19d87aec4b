// SPDX-License-Identifier: MIT

//! A once that is done, and a value that has been computed: std's, as what they run does not
//! await.

use std::hint::black_box;
use std::sync::{LazyLock, Once};

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

static ONCE: Once = Once::new();
static VALUE: LazyLock<usize> = LazyLock::new(|| black_box(2));

fn nothing() {}

async fn once() {
    let n = report::count();
    let start = Span::start();
    for _ in 0..n {
        black_box(&ONCE).call_once(nothing);
    }
    start.per_op("once", n);
    let mut sum = 0;
    let start = Span::start();
    for _ in 0..n {
        sum += **black_box(&VALUE);
    }
    start.per_op("once.value", n);
    report::check(sum == 2 * n, "once: wrong sum");
}

fn main() {
    runtime::run(once());
}
