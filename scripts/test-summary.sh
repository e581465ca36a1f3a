#!/usr/bin/env bash
# test-summary.sh LOG-FOLDER: ends a test run: which steps passed, the runners' own closing lines, and their sum.
set -euo pipefail
logs=$1

plain() {
  sed $'s/\x1b\\[[0-9;]*[A-Za-z]//g' "$logs/$1.log"
}

# The closing lines of nextest or cargo, of cargo's documentation tests, of Vitest, of the kill test and of Playwright.
closing_lines() {
  [[ ! -f $logs/rust.log ]] || plain rust | grep -E '^ +Summary \[|^test result: ' || true
  [[ ! -f $logs/doc-tests.log ]] || plain doc-tests | grep -E '^test result: ' || true
  [[ ! -f $logs/admin.log ]] || plain admin | grep -E '^ +(Test Files|Tests) +[0-9]' || true
  [[ ! -f $logs/conformance.log ]] || plain conformance | grep -E '^ +(Test Files|Tests) +[0-9]' || true
  [[ ! -f $logs/faults.log ]] || plain faults | grep -E '^ +[0-9]+ passed, ' || true
  [[ ! -f $logs/examples.log ]] ||
    plain examples | grep -E '^ +[0-9]+ (passed|failed|flaky|skipped|interrupted|did not run)( |$)' || true
  [[ ! -f $logs/browser.log ]] ||
    plain browser | grep -E '^ +[0-9]+ (passed|failed|flaky|skipped|interrupted|did not run)( |$)' || true
}

printf '\n==> Summary\n'
for step in format clippy dependencies advisories rust doc-tests admin conformance faults examples browser; do
  if [[ $step == advisories && -f $logs/$step.passed ]] && grep -q 'NOT checked' "$logs/$step.log"; then
    printf '  %-13s could not be checked, see above\n' "$step"
  elif [[ -f $logs/$step.passed ]]; then
    printf '  %-13s passed in %d s\n' "$step" "$(<"$logs/$step.passed")"
  elif [[ -f $logs/$step.log ]]; then
    printf '  %-13s FAILED\n' "$step"
  else
    printf '  %-13s did not run\n' "$step"
  fi
done

lines=$(closing_lines)
[[ -n $lines ]] || exit 0
printf '\n%s\n' "$lines"

# Vitest's line on files says the same once more. nextest counts "exec failed" and "timed out" apart from "failed", and a
# test that passed on a second try (flaky) among the passed; Playwright counts that one apart.
awk '
  /Test Files/ { next }
  {
    gsub(/[(|,;]/, " ")
    for (i = 2; i <= NF; i++) {
      count = $(i - 1)
      if (count !~ /^[0-9]+$/) continue
      if ($i == "passed" || ($i == "flaky" && i == 2)) passed += count
      else if ($i ~ /^(failed|exec|timed|interrupted)$/) failed += count
      else if ($i ~ /^(skipped|ignored|todo|did)$/) skipped += count
    }
  }
  END { printf "\n%d passed, %d failed, %d skipped\n", passed, failed, skipped }
' <<<"$lines"
