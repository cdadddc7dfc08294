"""Lists of tables with 100,000 rows each: asked 50 times a second, sorted, filtered, searched and deep inside."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping

from bench.hundred_entities import ENTITIES
from stackwright_runtime_validator.proof.cluster import Cluster, Connection
from stackwright_runtime_validator.proof.instance import Instance
from stackwright_runtime_validator.scenarios.client import Client, Request
from stackwright_runtime_validator.scenarios.values import Json

TABLES, ROWS = 5, 100_000
RATE, SECONDS = 50, 20
_PASSWORD = "A-long-pass-phrase-7"
_WORDS = (
    "amber birch cedar dune ember fjord grove harbor iris juniper kelp lagoon maple north oak pine quartz reef sand"
)
# What is asked of a list; {me} made every tenth row.
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "first page": {},
    "page 40": {"page": "40"},
    "page 400": {"page": "400"},
    "sorted by time": {"sort": "-created_at"},
    "sorted by a date": {"sort": "-field_5"},
    "filtered by a flag": {"field_4": "true"},
    "a range of dates": {"field_5[gte]": "2026-03-01", "field_5[lt]": "2026-04-01", "sort": "field_5"},
    "by who made it": {"created_by": "{me}"},
    "a word of one in twenty": {"search": "maple"},
    "a word of one row": {"search": "e9a23cbc"},
    "a hundred rows": {"page_size": "100", "sort": "-created_at"},
}


def question(table: str, name: str, me: str) -> Request:
    """One of QUESTIONS, asked of the list of a table."""
    return Request("GET", f"/api/{table}", query={key: told.format(me=me) for key, told in QUESTIONS[name].items()})


async def fill(cluster: Cluster, instance: Instance) -> tuple[str, str]:
    """Put ROWS rows into the tables of the last entities, as COPY would; gives a token and the id of who made some."""
    async with Client(instance.base_url) as client:
        body: dict[str, Json] = {"email": "ann@example.org", "password": _PASSWORD, "name": "Ann"}
        answer = await client.send(Request("POST", "/api/register", body))
        token = find_text(answer.body, "tokens", "access_token")
    connection = await cluster.connect(instance.database)
    try:
        me = str(await connection.fetchval("SELECT id FROM users WHERE email = 'ann@example.org'"))
        other = "INSERT INTO users (email, name, password_hash) VALUES ('b@example.org', 'Bob', '-') RETURNING id::text"
        bob = str(await connection.fetchval(other))
        # Rules are kept by what is inserted; checking them would take longer than all that is measured.
        await connection.execute("SET session_replication_role = replica")
        for table in tables():
            await _fill(connection, table, me, bob)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return token, me


def find_text(value: object, *path: str) -> str:
    """The text that lies there. Raises RuntimeError when there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, str):
        raise RuntimeError(f"the answer has no {'.'.join(path)}")
    return value


def tables() -> list[str]:
    """Those of the last entities, which refer to others."""
    return [f"thing{number}" for number in range(ENTITIES - TABLES, ENTITIES)]


async def _fill(connection: Connection, table: str, me: str, bob: str) -> None:
    words = ", ".join(f"'{word}'" for word in _WORDS.split())
    text = f"(ARRAY[{words}])[1 + g % {len(_WORDS.split())}] || ' ' || substr(md5(g::text), 1, 8)"
    values = {
        "text": text,
        "integer": "g % 1000",
        "numeric": "(g % 10000) / 7.0",
        "boolean": "g % 3 = 0",
        "date": "date '2026-01-01' + (g % 365)",
    }
    columns = await connection.fetch(
        "SELECT column_name AS name, data_type AS type FROM information_schema.columns"
        " WHERE table_name = $1 AND column_name LIKE 'field%'",
        table,
    )
    names = ", ".join(["created_by_id", "created_at", "updated_at", *(row["name"] for row in columns)])
    made = f"CASE WHEN g % 10 = 0 THEN '{me}'::uuid ELSE '{bob}'::uuid END"
    moment = "now() - g * interval '1 minute'"
    chosen = ", ".join([made, moment, moment, *(values[row["type"]] for row in columns)])
    await connection.execute(f"INSERT INTO {table} ({names}) SELECT {chosen} FROM generate_series(1, {ROWS}) AS g")


async def load(instance: Instance, token: str, me: str) -> dict[str, list[float]]:
    """Ask each question of each table in turn, RATE times a second for SECONDS whoever still waits; gives milliseconds.

    Raises RuntimeError for an answer that is no success.
    """
    taken: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    async with Client(instance.base_url) as client:

        async def ask(table: str, name: str, due: float) -> None:
            answer = await client.send(question(table, name, me), token=token)
            if answer.status != 200:
                raise RuntimeError(answer.summary())
            # From when it was due: one that had to wait for its turn is late.
            taken[name].append((time.perf_counter() - due) * 1000)

        asked = itertools.cycle(itertools.product(QUESTIONS, tables()))
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(RATE * SECONDS):
                due = begun + number / RATE
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                name, table = next(asked)
                group.create_task(ask(table, name, due))
    return taken


def percentile(taken: list[float], share: float = 0.95) -> float:
    """The value that this share does not exceed."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]
