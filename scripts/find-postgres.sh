#!/usr/bin/env bash
# Prints the folder with the newest PostgreSQL server programs (15 or newer), or fails.
set -euo pipefail

best=
best_version=14
for folder in "$(pg_config --bindir 2>/dev/null || true)" \
  /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
  [[ -x $folder/initdb && -x $folder/postgres && -x $folder/pg_ctl ]] || continue
  version=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
  if ((version > best_version)); then
    best=$folder
    best_version=$version
  fi
done
[[ -n $best ]] && echo "$best"
