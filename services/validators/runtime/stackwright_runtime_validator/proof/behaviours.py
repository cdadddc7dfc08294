"""Runs the behaviour tests of the catalogue against the instances of a lab."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import sys
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import behaviour_pb2
from stackwright_runtime_validator.proof.instance import BootError
from stackwright_runtime_validator.proof.lab import Lab
from stackwright_runtime_validator.proof.processes import Finished
from stackwright_runtime_validator.proof.results import FAILED, UNVERIFIED, BehaviourRun, Line
from stackwright_runtime_validator.proof.shared import Shared
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.organizations import place_of
from stackwright_runtime_validator.scenarios.runner import run_scenario
from stackwright_runtime_validator.scenarios.values import from_proto
from stackwright_sdk.processes import bound, end_tree

RESULTS_VARIABLE = "STACKWRIGHT_RESULTS"
LAB_VARIABLE = "STACKWRIGHT_LAB"
LINES_VARIABLE = "STACKWRIGHT_LINES"

_SCENARIO_SECONDS = 60.0
_PYTEST_SECONDS = 840.0

Told = Callable[[BehaviourRun], None]


class Latencies:
    """How long the answers took, in milliseconds, by method."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def add(self, client: Client) -> None:
        self.milliseconds.extend(seconds * 1000 for _, seconds in client.latencies)


async def run_scenarios(
    lab: Lab, scenarios: Sequence[behaviour_pb2.Scenario], told: Told, *, lanes: int, latencies: Latencies | None = None
) -> None:
    """Runs them, `lanes` at a time, each on rows of its own.

    Those with settings, and those that begin with nobody, have an application to themselves too; the others share.
    """
    operations = Operations(lab.contract)
    gate = asyncio.Semaphore(lanes)

    async with Shared(lab) as shared:

        async def one(scenario: behaviour_pb2.Scenario) -> None:
            async with gate:
                result = await _one(lab, shared, operations, scenario, latencies)
                told(BehaviourRun(Line(scenario.feature, scenario.line), result))

        await asyncio.gather(*(one(scenario) for scenario in scenarios))


async def _one(
    lab: Lab,
    shared: Shared,
    operations: Operations,
    scenario: behaviour_pb2.Scenario,
    latencies: Latencies | None,
) -> measurement_pb2.BehaviourResult:
    started = time.monotonic()
    settings = {key: from_proto(value) for key, value in scenario.settings.items()}
    try:
        async with asyncio.timeout(_SCENARIO_SECONDS):
            own = bool(settings) or scenario.fresh
            started_with = lab.instance(settings, fresh=scenario.fresh) if own else shared.instance()
            known = {} if scenario.fresh else lab.persons
            async with started_with as instance, Client(instance.base_url, organization=place_of(known)) as client:
                result = await run_scenario(scenario, operations, client, instance, known)
                if latencies is not None:
                    latencies.add(client)
                if result.state == FAILED and not instance.running:
                    result.message += f" — the application had ended: {instance.tail().strip()[-800:]}"
                return result
    except BootError as error:
        state, message = FAILED, str(error)
    except TimeoutError:
        state, message = FAILED, f"did not end within {_SCENARIO_SECONDS:g} s"
    except (UnprovenError, OSError, asyncpg.PostgresError) as error:
        state, message = UNVERIFIED, f"could not be tried: {error}"
    return measurement_pb2.BehaviourResult(
        name=scenario.name, state=state, message=message, seconds=time.monotonic() - started
    )


def test_files(folder: Path, features: Collection[str]) -> list[Path]:
    """The pytest files of these features, `…/<feature>/behaviour/test_*.py`."""
    return sorted(file for file in folder.rglob("behaviour/test_*.py") if file.parent.parent.name in features)


async def run_tests(
    files: Sequence[Path], lab_file: Path, told: Told, *, lines: Collection[str] = (), workers: int = 1
) -> Finished | None:
    """Runs pytest files in processes of their own, `workers` of them; None when there are none.

    Results come over a pipe, so that nothing which runs beside can write them. `lines` leaves out tests of other lines.
    """
    if not files:
        return None
    groups = [list(files[number::workers]) for number in range(workers)]
    finished = await asyncio.gather(*(_pytest(group, lab_file, told, lines) for group in groups if group))
    output = "\n".join(each.output for each in finished)
    worst = max(finished, key=lambda each: (each.timed_out, each.code not in (0, 1, 5), each.code))
    return Finished(worst.argv, worst.code, output, max(each.seconds for each in finished), worst.timed_out)


async def _pytest(files: Sequence[Path], lab_file: Path, told: Told, lines: Collection[str]) -> Finished:
    argv = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "stackwright_runtime_validator.plugin"]
    argv += ["-p", "no:cacheprovider", "--import-mode=importlib", "-c", os.devnull, "-o", "asyncio_mode=auto"]
    # One loop for all, so that an application and the browser may serve many tests.
    argv += [word for kind in ("fixture", "test") for word in ("-o", f"asyncio_default_{kind}_loop_scope=session")]
    folders = sorted({str(file.parent) for file in files})
    # What tests of one feature share is a module beside them.
    argv += ["--rootdir", os.path.commonpath(folders), "-o", f"pythonpath={shlex.join(folders)}"]
    started = time.monotonic()
    async with _results(told) as descriptor:
        env: Mapping[str, str] = {
            **os.environ,
            LAB_VARIABLE: str(lab_file),
            RESULTS_VARIABLE: str(descriptor),
            LINES_VARIABLE: ",".join(lines),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        process = await asyncio.create_subprocess_exec(
            *bound(*argv, *files),
            env=env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=(descriptor,),
            start_new_session=True,
        )
        os.close(descriptor)
        timed_out = False
        output = b""
        try:
            async with asyncio.timeout(_PYTEST_SECONDS):
                output, _ = await process.communicate()
        except TimeoutError:
            timed_out = True
        finally:
            # Applications and browsers are in sessions of their own.
            if process.returncode is None:
                end_tree(process.pid)
                await asyncio.shield(process.wait())
    code = process.returncode or 0
    return Finished(("pytest",), code, output.decode("utf-8", "replace"), time.monotonic() - started, timed_out)


@asynccontextmanager
async def _results(told: Told) -> AsyncIterator[int]:
    """The end of a pipe to write results to; `told` gets them. The block closes that end once it has handed it over."""
    read_end, write_end = os.pipe()
    reader = asyncio.StreamReader(limit=1 << 22)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_end, "rb", 0)
    )

    async def listen() -> None:
        while line := await reader.readline():
            told(BehaviourRun.decode(line.strip()))

    listening = asyncio.create_task(listen())
    try:
        yield write_end
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(listening, 5)
    finally:
        listening.cancel()
        transport.close()
