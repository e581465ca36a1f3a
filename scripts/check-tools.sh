#!/usr/bin/env bash
# Says in a sentence what is missing to build: Rust, a C compiler, Node.
set -euo pipefail

# Fewer digits than these in Cargo.toml (rust-version) and admin-ui/package.json (engines) would be a lie.
rust_needed=1.95
node_needed='20.19 or a later 20, or 22.12 or newer'

fail() {
  echo "hillside: $*" >&2
  exit 1
}

# at_least MAJOR.MINOR VERSION
at_least() {
  local major minor
  IFS=. read -r major minor _ <<<"$2"
  ((major > ${1%.*} || (major == ${1%.*} && minor >= ${1#*.})))
}

command -v cargo >/dev/null ||
  fail "Rust is missing: install it with rustup (https://rustup.rs), then try again."
rust=$(cargo --version | cut -d' ' -f2) ||
  fail "cargo does not run: \`rustup toolchain install\` in this folder installs the Rust it asks for."
at_least "$rust_needed" "$rust" ||
  fail "Rust $rust is too old: $rust_needed or newer is needed (rustup update)."

command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null ||
  fail "A C compiler is missing: install build-essential (Debian, Ubuntu) or the Xcode command line tools (macOS)."

command -v node >/dev/null ||
  fail "Node is missing: install Node $node_needed (https://nodejs.org), then try again."
node=$(node --version)
node=${node#v}
case $node in
  20.*) at_least 20.19 "$node" ;;
  *) at_least 22.12 "$node" ;;
esac || fail "Node $node does not fit: $node_needed is needed (https://nodejs.org)."

command -v npm >/dev/null || fail "npm is missing: it comes with Node (https://nodejs.org), or as the package npm."
