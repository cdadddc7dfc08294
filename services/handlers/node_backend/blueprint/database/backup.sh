#!/bin/sh
# Writes a backup of the database and removes those that are older than the days to keep.
#
#   DATABASE_URL=postgresql://… ./backup.sh
#
# BACKUP_DIR   where to; default: backups/ beside this script
# BACKUP_DAYS  how long to keep; default: 30
#
# Run it every six hours, for instance from cron:  0 */6 * * *
set -eu

: "${DATABASE_URL:?Set DATABASE_URL to the database that is to be backed up.}"
folder=${BACKUP_DIR:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/backups}
days=${BACKUP_DAYS:-30}

umask 077
mkdir -p "$folder"
name=$folder/$(date -u +%Y%m%dT%H%M%SZ).dump

# Written under another name first: a backup that was broken off never looks like one.
trap 'rm -f "$name.part"' EXIT
pg_dump --format=custom --no-owner --no-privileges --file="$name.part" "$DATABASE_URL"
pg_restore --list "$name.part" >/dev/null
mv "$name.part" "$name"

find "$folder" -name '*.dump' -type f -mtime "+$days" -delete
echo "$name"
