#!/usr/bin/env bash
# Installs what the tests need beyond Rust and Node, and only what is missing: PostgreSQL and Chromium through apt where
# that is allowed, cargo-deny, cargo-nextest and s3s-fs (a small server that speaks S3) into ./.tools. Where it may not, it says in a sentence what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo_deny=0.20.2
cargo_nextest=0.9.143
s3s_fs=0.14.1

tools=${HILLSIDE_TOOLS:-$PWD/.tools}
export PATH=$tools/bin:$PATH

packages=()
names=()
if ! scripts/find-postgres.sh >/dev/null; then
  packages+=(postgresql)
  names+=("PostgreSQL 15 or newer (its server)")
fi
if ! scripts/find-chromium.sh >/dev/null 2>&1; then
  packages+=(chromium fonts-dejavu-core)
  names+=("Chromium with a font")
fi

if ((${#packages[@]} > 0)); then
  as_root=()
  if ((EUID != 0)); then as_root=(sudo -n); fi
  if command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; then
    echo "Installing ${packages[*]} …"
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${packages[@]}"
    scripts/find-postgres.sh >/dev/null || {
      echo "hillside: the system's PostgreSQL is older than 15; please install PostgreSQL 15 or newer and try again." >&2
      exit 1
    }
    scripts/find-chromium.sh >/dev/null
  else
    printf -v list '%s and ' "${names[@]}"
    echo "hillside: the tests need ${list% and }; please install that (on Debian: apt-get install ${packages[*]}) and try again." >&2
    exit 1
  fi
fi

# have TOOL VERSION-OR-EMPTY
have() {
  local found
  found=$(cargo "$1" --version 2>/dev/null) && [[ -z $2 || $found == *" $2"* ]]
}

# Compiled without optimising: they do little, and a machine may build them for one run.
# The policy's meaning depends on cargo-deny's version, so it is pinned; any nextest runs the tests.
if ! have deny "$cargo_deny"; then
  echo "Building cargo-deny $cargo_deny once, into $tools …"
  cargo install --quiet --debug --locked --root "$tools" cargo-deny --version "$cargo_deny"
fi
if ! have nextest ""; then
  echo "Building cargo-nextest $cargo_nextest once, into $tools …"
  cargo install --quiet --debug --locked --root "$tools" cargo-nextest --version "$cargo_nextest"
fi
if ! command -v s3s-fs >/dev/null; then
  echo "Building s3s-fs $s3s_fs once, into $tools …"
  cargo install --quiet --debug --locked --root "$tools" s3s-fs --version "$s3s_fs" --features binary
fi
