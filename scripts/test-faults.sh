#!/usr/bin/env bash
# test-faults.sh [FILE…]: runs the tests of tests/faults, all of them where none is named, against HILLSIDE_BIN.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../tests/faults"

if (($# == 0)); then set -- *.test.mjs; fi
# One file after the other: what is killed and timed should have the machine to itself.
exec node --test --test-concurrency=1 --test-reporter=./support/reporter.mjs "$@"
