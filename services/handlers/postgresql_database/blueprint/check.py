"""Apply the migrations and, twice, the seeds of this folder to a real PostgreSQL; foreign keys must have indexes."""

import asyncio
import sys
from pathlib import Path

import asyncpg

from stackwright_sdk.postgres import PostgresCluster

DATABASE = Path(__file__).with_name("database")
BARE_KEYS = """
    SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint AS c
    WHERE contype = 'f' AND NOT EXISTS (
      SELECT 1 FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL
        AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey)"""


async def main() -> int:
    """Apply everything; the number of foreign keys without an index."""
    migrations, seeds = (sorted(DATABASE.joinpath(folder).glob("*.sql")) for folder in ("migrations", "seeds"))
    async with PostgresCluster() as cluster, cluster.database() as address:
        connection = await asyncpg.connect(address)
        for path in (*migrations, *seeds, *seeds):
            async with connection.transaction():
                await connection.execute(path.read_text())
        bare = [row[0] for row in await connection.fetch(BARE_KEYS)]
        await connection.close()
    sys.stdout.write(f"{len(migrations)} migrations and {len(seeds)} seeds applied\n")
    for name in bare:
        sys.stderr.write(f"foreign key without index: {name}\n")
    return len(bare)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
