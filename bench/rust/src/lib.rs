// SPDX-License-Identifier: MIT

//! What the programs on tokio share.

pub mod report;
pub mod runtime;
pub mod serve;

use mimalloc::MiMalloc;

/// As servers on tokio often have it: with glibc's malloc to spawn a task takes twice as long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
