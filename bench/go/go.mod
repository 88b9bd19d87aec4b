// SPDX-License-Identifier: MIT

module goroutine.bench

go 1.26
