// SPDX-License-Identifier: MIT

//! A concurrent map of 65,536 integer keys, DashMap with a fast hash: each operation by one
//! task, then by eight at once (".8").  Figures are nanoseconds of the whole program for an
//! operation.

use std::sync::Arc;

use ahash::RandomState;
use dashmap::{DashMap, Entry};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const KEYS: usize = 1 << 16;
const WORKERS: usize = 8;

type Map = DashMap<usize, usize, RandomState>;
type Operation = fn(&Map, usize, usize);

fn key_at(i: usize) -> usize {
    i.wrapping_mul(2654435761) % KEYS
}

fn check(right: bool) {
    report::check(right, "map: wrong result");
}

fn hit(map: &Map, n: usize, from: usize) {
    for i in 0..n {
        check(map.get(&key_at(from + i)).is_some());
    }
}

fn miss(map: &Map, n: usize, from: usize) {
    for i in 0..n {
        check(map.get(&(KEYS + (from + i) % KEYS)).is_none());
    }
}

fn store(map: &Map, n: usize, from: usize) {
    for i in 0..n {
        map.insert(key_at(from + i), i);
    }
}

/// A new key comes, and goes: two operations.
fn churn(map: &Map, n: usize, from: usize) {
    for i in 0..n / 2 {
        let key = (from << 32) + KEYS + i % KEYS;
        match map.entry(key) {
            Entry::Vacant(entry) => drop(entry.insert(i)),
            Entry::Occupied(_) => check(false),
        }
        check(map.remove(&key).is_some());
    }
}

/// Nine loads, one store.
fn mixed(map: &Map, n: usize, from: usize) {
    for i in 0..n / 10 {
        hit(map, 9, from + i * 10);
        store(map, 1, from + i * 10 + 9);
    }
}

fn range(map: &Map, n: usize, _from: usize) {
    for _ in 0..n / KEYS {
        check(map.iter().count() == KEYS);
    }
}

async fn measure(name: &str, map: &Arc<Map>, operation: Operation, n: usize) {
    let start = Span::start();
    operation(map, n, 0);
    start.per_op(name, n);
    let start = Span::start();
    let tasks: Vec<_> = (0..WORKERS)
        .map(|w| {
            let map = map.clone();
            tokio::spawn(async move { operation(&map, n / WORKERS, w * 7919) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op(&format!("{name}.8"), n);
}

async fn maps() {
    let n = report::count();
    let map = Arc::new(Map::default());
    for i in 0..KEYS {
        map.insert(i, i);
    }
    measure("map.hit", &map, hit, n).await;
    measure("map.miss", &map, miss, n).await;
    measure("map.store", &map, store, n).await;
    measure("map.churn", &map, churn, n).await;
    measure("map.mixed", &map, mixed, n).await;
    measure("map.range", &map, range, n.max(KEYS * WORKERS)).await;
}

fn main() {
    runtime::run(maps());
}
