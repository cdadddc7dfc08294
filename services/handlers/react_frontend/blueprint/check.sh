#!/bin/sh
# Proves the blueprint where it lies: types, lint, format, tests, build. Needs Node 24 on the PATH.
set -eu
cd "$(dirname "$0")"
[ -e node_modules ] || ln -s ../../../../toolchain/node_modules node_modules
bin=node_modules/.bin
"$bin/tsc" --noEmit
"$bin/oxlint" src tests vite.config.ts
"$bin/oxfmt" --check .
"$bin/vitest" run --silent
"$bin/vite" build --logLevel warn
