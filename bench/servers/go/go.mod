// SPDX-License-Identifier: MIT

module goroutine.bench/servers

go 1.26
