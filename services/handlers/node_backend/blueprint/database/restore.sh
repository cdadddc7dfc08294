#!/bin/sh
# Brings a backup into an empty database.
#
#   DATABASE_URL=postgresql://… ./restore.sh backups/20260131T120000Z.dump
#
# It is done wholly or not at all, and refuses a database that already has tables.
set -eu

: "${DATABASE_URL:?Set DATABASE_URL to the empty database that is to be filled.}"
backup=${1:?Name the backup: ./restore.sh backups/20260131T120000Z.dump}
test -r "$backup" || { echo "There is no readable file $backup." >&2; exit 1; }

tables=$(psql --no-psqlrc --tuples-only --no-align "$DATABASE_URL" --command \
  "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
if [ "$tables" -ne 0 ]; then
  echo "The database has $tables tables already. Restore into an empty one." >&2
  exit 1
fi

pg_restore --single-transaction --exit-on-error --no-owner --no-privileges --dbname="$DATABASE_URL" "$backup"
echo "Restored $backup."
