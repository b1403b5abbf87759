#!/usr/bin/env bash
# Adds up the results of the test runners in a log: cargo test and doc tests, nextest, Python's unittest. Prints "N passed, M failed".
set -euo pipefail

awk '
  /^test result: / { for (i = 2; i <= NF; i++) { if ($i == "passed;") passed += $(i-1); if ($i == "failed;") failed += $(i-1) } }
  # nextest: "Summary [   3.2s] 120 tests run: 118 passed (1 slow), 2 failed, 3 skipped"
  /^ *Summary \[/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i-1); if ($i ~ /^(failed|timed)/) failed += $(i-1) } }
  /^Ran [0-9]+ tests? in / { python += $2 }
  /^FAILED \(/ { gsub(/[^0-9,]/, ""); count = split($0, parts, ","); for (i = 1; i <= count; i++) python_failed += parts[i] }
  END { printf "%d passed, %d failed\n", passed + python - python_failed, failed + python_failed }
' "$1"
