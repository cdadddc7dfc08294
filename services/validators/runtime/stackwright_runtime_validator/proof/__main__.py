"""Runs a proof inside the sandbox; results go to standard output, one message a line."""

from __future__ import annotations

import asyncio
import base64
import os
import sys

from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.proof.place import Place
from stackwright_runtime_validator.proof.processes import seal
from stackwright_runtime_validator.proof.stages import prove
from stackwright_sdk.validation import Project, Report


async def _main(place: Place, out: int) -> None:
    start = request_response_pb2.ValidateStart.FromString(place.start.read_bytes())
    report = Report(Project())
    work = asyncio.create_task(prove(place, start, report))
    async for said in report.until(work):
        with os.fdopen(os.dup(out), "wb") as stream:
            stream.write(base64.b64encode(said.SerializeToString()) + b"\n")
    await work


def main() -> None:
    """Keeps standard output for results: what it starts can neither inherit it nor reach it through this process."""
    seal()
    out = os.dup(1)
    os.dup2(2, 1)
    asyncio.run(_main(Place.decode(sys.argv[1]), out))


if __name__ == "__main__":
    main()
