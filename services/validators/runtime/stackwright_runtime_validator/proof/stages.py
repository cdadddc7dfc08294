"""One proof of level `run` or above: what does not depend on something else runs beside it."""

from __future__ import annotations

import asyncio

from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.proof.bench import Bench
from stackwright_runtime_validator.proof.cluster import Cluster
from stackwright_runtime_validator.proof.delivered import Delivered
from stackwright_runtime_validator.proof.install import Toolchain
from stackwright_runtime_validator.proof.place import Place
from stackwright_runtime_validator.proof.probe import Probe
from stackwright_sdk.validation import Report


async def prove(place: Place, start: request_response_pb2.ValidateStart, report: Report) -> None:
    """Runs everything and tells `report`. What could not be tried is told as unverified, with the reason."""
    for folder in ("home", "tmp", "cache"):
        (place.root / folder).mkdir(parents=True, exist_ok=True)
    cluster = Cluster(place.postgres_port)
    await cluster.let_owner_create()
    bench = Bench(place, start, report, cluster, Toolchain(place.toolchain))
    if place.lines:
        await Probe(bench).run()
    else:
        delivered = Delivered(bench)
        await asyncio.gather(Probe(bench).run(), delivered.run())
        await delivered.try_laws()
        if bench.full:
            await delivered.measure()
