"""What the orchestrator itself takes of a run whose handlers do next to nothing, and a hundred runs at once.

The handlers, validators and the registry are toys in a process of their own that answer at once; a run is timed by its
own row, from its creation to its end.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from stackwright.code.v1 import measurement_pb2
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.server import running
from stackwright_kit.testing import TOKEN, nats_server

TESTS = Path(__file__).resolve().parents[1] / "orchestrator" / "tests"
ALONE, TOGETHER = 25, 100


async def _measure() -> list[Figure]:
    sys.path.insert(0, str(TESTS))
    from orchestrator_support import Suite, a_spec, orchestrator_settings  # type: ignore[import-not-found]  # on sys.path

    from stackwright.generation.v1.service_pb2_grpc import GenerationServiceStub
    from stackwright_kit.client import channel
    from stackwright_orchestrator import SERVICE

    async def one(suite: Suite) -> float:
        run = await suite.start(a_spec(proof=measurement_pb2.PROOF_LEVEL_NONE))
        while run.state not in {generation.RUN_STATE_SUCCEEDED, generation.RUN_STATE_FAILED}:
            await asyncio.sleep(0.02)
            run = (await suite.stub.GetRun(generation.GetRunRequest(run_id=run.run_id))).run
        if run.state != generation.RUN_STATE_SUCCEEDED:
            raise RuntimeError(run.failure.message)
        return float(run.finished_at.ToNanoseconds() - run.created_at.ToNanoseconds()) / 1e6

    async with nats_server() as server:
        environment = {**os.environ, **server.environment("orchestrator"), "STACKWRIGHT_SERVICE_TOKEN": TOKEN}
        environment |= {"TOY": "all", "TOY_FILES": "1"}
        script = str(TESTS / "orchestrator_toys.py")
        pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        toys = await asyncio.create_subprocess_exec(sys.executable, script, env=environment, stdout=pipe, stderr=quiet)
        try:
            assert toys.stdout is not None
            await toys.stdout.readline()
            with tempfile.TemporaryDirectory() as folder:
                settings = orchestrator_settings(server, Path(folder), parallel_runs=8, lease_seconds=30.0)
                async with running(SERVICE, settings) as started, channel(started.address, settings) as to:
                    suite = Suite(server, GenerationServiceStub(to), Path(folder), settings)
                    await one(suite)
                    alone = [await one(suite) for _ in range(ALONE)]
                    began = time.perf_counter()
                    ended = await asyncio.gather(*(one(suite) for _ in range(TOGETHER)), return_exceptions=True)
                    took = time.perf_counter() - began
        finally:
            toys.kill()
            await toys.communicate()
    errors = [found for found in ended if isinstance(found, BaseException)]
    return [
        Figure("the orchestrator's own share of a run", alone, "ms", 50.0, "handlers that do nothing"),
        Figure(f"errors of {TOGETHER} runs at once", [float(len(errors))], "", 0.0, f"{took:.1f} s in all"),
    ]


def measure() -> list[Figure]:
    return asyncio.run(_measure())
