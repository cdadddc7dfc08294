#!/bin/sh
# Checks this database where it lies: the linter, the scripts' syntax, and everything applied to a real PostgreSQL.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
programs=$here/../../../../.venv/bin

for script in "$here"/database/*.sh; do
  sh -n "$script"
done
# The width of an integer is the contract's: `int` and `bigint` are two types of its language.
"$programs/squawk" --pg-version=18 --assume-in-transaction -e prefer-bigint-over-int \
  "$here"/database/migrations/*.sql "$here"/database/seeds/*.sql
"$programs/python" "$here/check.py"
