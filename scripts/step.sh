#!/usr/bin/env bash
# step.sh LOG-FOLDER NAME COMMAND…: runs one step of the tests, keeps what it prints in LOG-FOLDER/NAME.log, and says how
# it ended.
set -euo pipefail

logs=$1
name=$2
shift 2
mkdir -p "$logs"
# Behind the pipe no program sees whether there is a terminal: colours for people, none for files.
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  export CARGO_TERM_COLOR=always FORCE_COLOR=1
else
  export NO_COLOR=1
fi

printf '\n==> %s: %s\n' "$name" "$*"
begin=$SECONDS
status=0
"$@" 2>&1 | tee "$logs/$name.log" || status=$?
took=$((SECONDS - begin))
if ((status != 0)); then
  printf '==> %s FAILED after %d s. What it printed is kept in %s\n' "$name" "$took" "$logs/$name.log" >&2
  exit "$status"
fi
printf '==> %s passed in %d s\n' "$name" "$took"
echo "$took" >"$logs/$name.passed"
