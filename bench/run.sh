#!/usr/bin/env bash
# Prints the table of figures; see bench/README.md. Needs wrk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo build --release --quiet --workspace --bins
exec "${CARGO_TARGET_DIR:-target}/release/hillside-bench"
