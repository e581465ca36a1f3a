#!/usr/bin/env bash
# Prints the Chromium (or Chrome) for the browser tests, or fails. CHROMIUM names another one.
set -euo pipefail

for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
  "/Applications/Chromium.app/Contents/MacOS/Chromium" \
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
  if [[ -n $candidate ]] && command -v "$candidate"; then
    exit 0
  fi
done
echo "hillside: no Chromium was found; install it, or set CHROMIUM to its path." >&2
exit 1
