// SPDX-License-Identifier: MIT

//! The numbers of the command line, the clocks, and one line for each figure: "name value
//! unit", or "name value unit cpu", where cpu is the CPU time of the whole process in the
//! same unit.

use std::env;
use std::fmt::Display;
use std::fs;
use std::process;
use std::time::{Duration, Instant};

/// Ends the program: a benchmark that got a wrong result has no figure.
pub fn fail(why: impl Display) -> ! {
    eprintln!("{why}");
    process::exit(1);
}

/// Ends the program unless `right`.
pub fn check(right: bool, why: impl Display) {
    if !right {
        fail(why);
    }
}

pub(crate) fn number(text: &str) -> usize {
    match text.parse() {
        Ok(n) if n > 0 => n,
        _ => fail(format_args!("not a number above 0: {text}")),
    }
}

/// The loop count given on the command line.
pub fn count() -> usize {
    match env::args().nth(1) {
        Some(text) => number(&text),
        None => fail("usage: PROGRAM COUNT"),
    }
}

/// What follows the loop count: how many tasks, channels, ...
pub fn size(otherwise: usize) -> usize {
    env::args().nth(2).map_or(otherwise, |text| number(&text))
}

/// The sum of 0 to n-1.
pub fn sum_below(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

/// CPU time of all threads of the process.
pub fn cpu() -> Duration {
    let mut t = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `t` lives, and is all that the call writes.
    if unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) } != 0 {
        fail("clock_gettime failed");
    }
    Duration::new(t.tv_sec as u64, t.tv_nsec as u32)
}

/// Where a span begins.
#[derive(Clone, Copy)]
pub struct Span {
    wall: Instant,
    cpu: Duration,
}

impl Span {
    pub fn start() -> Span {
        let cpu = cpu();
        Span {
            wall: Instant::now(),
            cpu,
        }
    }

    fn print(self, name: &str, n: usize, unit: Duration, places: usize, unit_name: &str) {
        let wall = self.wall.elapsed();
        let cpu = cpu() - self.cpu;
        let each = |d: Duration| d.as_secs_f64() / unit.as_secs_f64() / n as f64;
        println!(
            "{name} {:.places$} {unit_name} {:.places$}",
            each(wall),
            each(cpu)
        );
    }

    /// Prints the nanoseconds that each of n operations took since the start.
    pub fn per_op(self, name: &str, n: usize) {
        self.print(name, n, Duration::from_nanos(1), 2, "ns");
    }

    /// The same for what takes longer.
    pub fn micros_per_op(self, name: &str, n: usize) {
        self.print(name, n, Duration::from_micros(1), 3, "us");
    }

    /// Prints the milliseconds since the start.
    pub fn millis(self, name: &str) {
        self.print(name, 1, Duration::from_millis(1), 3, "ms");
    }
}

/// Microseconds, for printing.
pub fn micros(d: Duration) -> f64 {
    d.as_secs_f64() * 1e6
}

/// Prints the median and the 99th percentile, in microseconds.
pub fn delays(name: &str, mut late: Vec<Duration>) {
    late.sort_unstable();
    println!("{name}.median {:.2} us", micros(late[late.len() / 2]));
    println!("{name}.p99 {:.2} us", micros(late[late.len() * 99 / 100]));
}

/// The memory in use, page tables included, in bytes.
pub fn resident() -> usize {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_else(|e| fail(e));
    let kib = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let counted = matches!(name, "VmRSS" | "VmPTE");
        counted.then(|| number(value.trim_end_matches("kB").trim()))
    };
    text.lines().filter_map(kib).sum::<usize>() * 1024
}
