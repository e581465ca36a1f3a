#!/usr/bin/env bash
# Runs the Rust tests (not those in the documentation) with nextest where it is there, else with cargo itself.
set -euo pipefail

# Some tests run the binary as an operator does; it is built from what is tested.
cargo build "$@" -p hillside --bin hillside
HILLSIDE_BIN=${HILLSIDE_BIN:-$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug/hillside}
export HILLSIDE_BIN

if cargo nextest --version >/dev/null 2>&1; then
  profile=default
  if [[ -n ${CI:-} ]]; then profile=ci; fi
  exec cargo nextest run --profile "$profile" --workspace --no-fail-fast "$@"
fi
exec cargo test --workspace --lib --bins --tests --no-fail-fast "$@"
