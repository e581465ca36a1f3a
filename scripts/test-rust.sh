#!/usr/bin/env bash
# test-rust.sh [CARGO-OPTION…]: runs the Rust tests (not those in the documentation), with nextest where it is there, else
# with cargo itself. What is promised to the outside is tested of the server as it is released; HILLSIDE_BIN names its binary.
set -euo pipefail

# The small rules beside the code need the server once more, for tests, and are soon over: compiled without optimising, and
# with counting checked. What it stands on is there from the release.
small=(
  --workspace --exclude hillside-tests --exclude hillside-bench --lib
  --config profile.release.package.hillside.opt-level=0
  --config profile.release.package.hillside.overflow-checks=true
)
promises=(--workspace --test it)

if cargo nextest --version >/dev/null 2>&1; then
  profile=default
  if [[ -n ${CI:-} ]]; then profile=ci; fi
  run=(cargo nextest run --cargo-profile release --profile "$profile" --no-fail-fast)
else
  run=(cargo test --release --no-fail-fast)
fi

status=0
"${run[@]}" "$@" "${small[@]}" || status=$?
"${run[@]}" "$@" "${promises[@]}" || status=$?
exit "$status"
