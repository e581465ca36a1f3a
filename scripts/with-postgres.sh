#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs COMMAND beside a PostgreSQL of its own, named by HILLSIDE_TEST_POSTGRES_URL, and removes
# that PostgreSQL with all it holds afterwards. A server that the variable already names is used as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if (($# == 0)); then
  echo "usage: with-postgres.sh COMMAND…" >&2
  exit 2
fi
if [[ -n ${HILLSIDE_TEST_POSTGRES_URL:-} ]]; then
  exec "$@"
fi

bin=$("$here/find-postgres.sh") || {
  echo "hillside: PostgreSQL 15 or newer is missing; run scripts/setup-tests.sh, or set HILLSIDE_TEST_POSTGRES_URL." >&2
  exit 1
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/hillside-postgres.XXXXXX")
child=
# shellcheck disable=SC2317  # called by a trap
clean_up() {
  trap - EXIT
  trap '' INT TERM HUP
  # Nothing in it is worth a checkpoint.
  if [[ -f $folder/data/postmaster.pid ]]; then
    as_owner "$bin/pg_ctl" stop --pgdata "$folder/data" --mode immediate --silent || true
  fi
  rm -rf "$folder"
}
# shellcheck disable=SC2317  # called by a trap
end_command() {
  [[ -z $child ]] || kill -TERM "$child" 2>/dev/null || true
}
trap clean_up EXIT
trap end_command INT TERM HUP

# PostgreSQL refuses to run as root, so root hands it to the account that the package made, or to nobody.
owner=
if ((EUID == 0)); then
  owner=postgres
  id -u "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$folder"
fi
as_owner() {
  if [[ -z $owner ]]; then
    (cd "$folder" && exec "$@")
  else
    (cd "$folder" && exec setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups -- "$@")
  fi
}

# A real locale for upper and lower case beyond ASCII, where the system has the one that needs no language pack.
locale=C
if locale -a 2>/dev/null | grep -qix 'c\.utf-\?8'; then locale=C.UTF-8; fi

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
[[ -z $owner ]] || chown "$owner" "$folder/password"
as_owner "$bin/initdb" --pgdata "$folder/data" --username hillside --pwfile "$folder/password" \
  --auth scram-sha-256 --encoding UTF8 --locale "$locale" --no-sync >"$folder/initdb.log" 2>&1 || {
  cat "$folder/initdb.log" >&2
  exit 1
}
# Each test has a database and connections of its own; none has to survive a power cut.
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 128MB
fsync = off
full_page_writes = off
synchronous_commit = off
CONF

# A port that is free now may be taken a moment later: then another is tried.
started=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 12000))
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
  if as_owner "$bin/pg_ctl" start --pgdata "$folder/data" --options "-p $port" --log "$folder/server.log" \
    --wait --timeout 60 --silent >/dev/null 2>&1; then
    started=yes
    break
  fi
done
if [[ -z $started ]]; then
  echo "hillside: the PostgreSQL for the tests did not start:" >&2
  tail -n 20 "$folder/server.log" >&2 || true
  exit 1
fi

export HILLSIDE_TEST_POSTGRES_URL="postgres://hillside:$password@127.0.0.1:$port/postgres"
# In the background, because bash handles a signal only between foreground commands.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
# A signal ends the wait, not the command: give it the time to end by itself.
while kill -0 "$child" 2>/dev/null; do
  status=0
  wait "$child" || status=$?
done
exit "$status"
