"""An application of a hundred entities: checked, built, started, and asked for lists of 100,000 rows."""

from __future__ import annotations

import asyncio
import resource

from bench.figures import Figure
from bench.hundred_entities import ENTITIES, RELATIONS, request
from bench.many_rows import RATE, ROWS, TABLES, fill, load, percentile
from bench.running import Application, generated, postgres
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.commands import BACKEND, FRONTEND

_BOOTS, _ROUNDS = 5, 3
_BUILDS = ((BACKEND, "types", "types of the back end"), (BACKEND, "build", "the back end, built"),
           (FRONTEND, "build", "types of the front end, and it built"))  # fmt: skip


def measure() -> list[Figure]:
    return asyncio.run(_measure())


async def _measure() -> list[Figure]:
    async with generated(request(typescript=True)) as application, postgres() as cluster:
        return [
            *[await _built(application, half, script, title) for half, script, title in _BUILDS],
            *await _served(application, cluster),
        ]


async def _built(application: Application, half: str, script: str, title: str) -> Figure:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = await application.run(script, half)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    title = f"{ENTITIES} entities, {RELATIONS} relations: {title}"
    return Figure(title, [finished.seconds], "s", note=f"{cpu:.1f} s of processor")


async def _served(application: Application, cluster: Cluster) -> list[Figure]:
    await application.migrate(cluster)
    boots = []
    for _ in range(_BOOTS):
        async with application.started(cluster) as instance:
            boots.append(instance.boot_milliseconds / 1000)
    async with application.started(cluster) as instance:
        token, me = await fill(cluster, instance)
        rounds = [await load(instance, token, me) for _ in range(_ROUNDS)]
    every = [percentile([one for taken in found.values() for one in taken]) for found in rounds]
    quietest = min(rounds, key=lambda found: percentile([one for taken in found.values() for one in taken]))
    slowest = max(quietest, key=lambda name: percentile(quietest[name]))
    return [
        Figure(f"{ENTITIES} entities: started until ready", boots, "s", 3.0),
        Figure(
            f"lists of {TABLES} tables of {ROWS:,} rows at {RATE} a second, p95",
            every,
            "ms",
            50.0,
            f"slowest {slowest}, {percentile(quietest[slowest]):.0f} ms",
        ),
    ]
