"""Facts seen at run time: the tables of the migrated database, and the routes that answer a stranger."""

from __future__ import annotations

import asyncio
import json
import re

from stackwright.code.v1 import facts_pb2
from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.scenarios.client import Client, NoAnswerError, Request
from stackwright_runtime_validator.scenarios.operations import METHODS
from stackwright_runtime_validator.scenarios.values import Json

_PARAMETER = re.compile(r"\{[^}]*\}")
_UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"

_TABLES = """
SELECT coalesce(json_agg(t ORDER BY t.schema, t.name), '[]') FROM (
  SELECT n.nspname AS schema, c.relname AS name,
    (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'nullable', NOT a.attnotnull, 'default', coalesce(pg_get_expr(d.adbin, d.adrelid), ''))
        ORDER BY a.attnum), '[]')
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(json_agg(a.attname ORDER BY array_position(k.conkey, a.attnum)), '[]') FROM pg_constraint k
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
      WHERE k.conrelid = c.oid AND k.contype = 'p') AS primary_key,
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'references_table', k.confrelid::regclass::text,
        'columns', (SELECT json_agg(a.attname ORDER BY u.o) FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n),
        'references_columns', (SELECT json_agg(a.attname ORDER BY u.o) FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n),
        'on_delete', CASE k.confdeltype WHEN 'c' THEN 'cascade' WHEN 'r' THEN 'restrict' WHEN 'n' THEN 'set null'
          WHEN 'd' THEN 'set default' ELSE 'no action' END) ORDER BY k.conname), '[]')
      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f') AS foreign_keys,
    (SELECT coalesce(json_agg(json_build_object('name', i.relname, 'unique', x.indisunique,
        'predicate', coalesce(pg_get_expr(x.indpred, x.indrelid), ''),
        'columns', (SELECT json_agg(pg_get_indexdef(x.indexrelid, g, true) ORDER BY g)
          FROM generate_series(1, x.indnkeyatts) g)
        ) ORDER BY i.relname), '[]')
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid) AS indexes,
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid),
        'kind', CASE k.contype WHEN 'c' THEN 'check' WHEN 'u' THEN 'unique' ELSE 'exclude' END)
        ORDER BY k.conname), '[]')
      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'u', 'x')) AS constraints,
    (SELECT coalesce(json_agg(g.tgname ORDER BY g.tgname), '[]') FROM pg_trigger g
      WHERE g.tgrelid = c.oid AND NOT g.tgisinternal) AS triggers
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname NOT LIKE 'pg_toast%'
) t
"""


async def tables(cluster: Cluster, database: str) -> list[facts_pb2.TableFact]:
    """The tables of a migrated database, without PostgreSQL's own."""
    connection = await cluster.connect(database)
    try:
        rows = json.loads(str(await connection.fetchval(_TABLES)))
    finally:
        await connection.close()
    # The query's members are called as the message's fields.
    return [
        facts_pb2.TableFact(
            schema=row["schema"],
            name=row["name"],
            columns=[facts_pb2.ColumnFact(**column) for column in row["columns"]],
            primary_key=row["primary_key"],
            foreign_keys=[facts_pb2.ForeignKeyFact(**key) for key in row["foreign_keys"]],
            indexes=[facts_pb2.IndexFact(**index) for index in row["indexes"]],
            constraints=[facts_pb2.ConstraintFact(**constraint) for constraint in row["constraints"]],
            triggers=row["triggers"],
        )
        for row in rows
    ]


async def schema_digest(cluster: Cluster, database: str) -> str:
    """Everything that tells two schemas apart, as text: tables with their parts, and what `schema_migrations` lists."""
    connection = await cluster.connect(database)
    try:
        described = str(await connection.fetchval(_TABLES))
        listed = await connection.fetch(
            "SELECT version, name, checksum, applied_at FROM system.schema_migrations ORDER BY version"
        )
        return described + repr([tuple(row) for row in listed])
    finally:
        await connection.close()


async def routes(client: Client, contract: contract_pb2.Contract) -> tuple[list[facts_pb2.RouteFact], list[str]]:
    """What a stranger meets at each address that could be a route, and one sentence for each that breaks.

    Addresses come from the document that the application serves, and from the contract as further guesses; whether a
    route exists, and whether it is public, is only what it answers.
    """
    wanted = {(METHODS[operation.method], operation.path) for operation in contract.operations}
    wanted |= await _documented(client, contract)
    found, problems = [], []
    answers = await asyncio.gather(*(_ask(client, method, path) for method, path in sorted(wanted)))
    for (method, path), (status, exists) in zip(sorted(wanted), answers, strict=True):
        if status >= 500 and status != 503:
            problems.append(f"{method} {path} answers a stranger with {status}")
        if exists:
            found.append(facts_pb2.RouteFact(method=method, path=path, public=status != 401))
    return found, problems


async def _documented(client: Client, contract: contract_pb2.Contract) -> set[tuple[str, str]]:
    path = next((op.path for op in contract.operations if op.names.call == "openapi"), "")
    if not path:
        return set()
    try:
        answer = await client.send(Request("GET", path))
    except NoAnswerError:
        return set()
    paths = answer.body.get("paths") if isinstance(answer.body, dict) else None
    methods = {method.lower() for method in METHODS.values()}
    if not isinstance(paths, dict):
        return set()
    return {(m.upper(), path) for path, item in paths.items() if isinstance(item, dict) for m in item if m in methods}


async def _ask(client: Client, method: str, path: str) -> tuple[int, bool]:
    body: dict[str, Json] | None = None if method in ("GET", "DELETE") else {}
    try:
        answer = await client.send(Request(method, _PARAMETER.sub(_UNKNOWN_ID, path), body))
    except NoAnswerError:
        return 599, False
    unknown_route = answer.status in (404, 405, 501) and "{" not in path
    return answer.status, not unknown_route and answer.status not in (405, 501)
