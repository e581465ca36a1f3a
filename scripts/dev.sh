#!/usr/bin/env bash
# A debug server and Vite side by side: the admin reloads as its sources change. When one ends, or on Ctrl-C, both end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

address=${HILLSIDE_ADDR:-127.0.0.1:8000}
export HILLSIDE_DEV_SERVER=${HILLSIDE_DEV_SERVER:-http://${address/#0.0.0.0:/127.0.0.1:}}

# Groups of their own, so that what npm and cargo start ends with them.
set -m
groups=()
start() {
  {
    "$@" || true
    echo "hillside: \`$1\` ended, so the other ends too." >&2
    kill -USR1 $$
  } </dev/null &
  groups+=($!)
}
finish() {
  trap '' INT TERM HUP USR1
  for group in "${groups[@]}"; do kill -TERM -- "-$group" || true; done 2>/dev/null
  wait 2>/dev/null
  exit "$1"
}
trap 'finish 0' INT TERM HUP
trap 'finish 1' USR1

start npm --prefix admin-ui run dev
start cargo run -p hillside --bin hillside -- serve --demo
wait
