"""Starts the command and the suite as a user would, each with folders of its own."""

import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "enterprise-app.json"
CPU_SECONDS: list[float] = []
"""Processor time of each command that `seconds_of` ran, its children included, in order."""
COMMAND = [str(Path(sys.executable).parent / "stackwright")]


@contextlib.contextmanager
def folders() -> Iterator[dict[str, str]]:
    """Give an environment whose state and output lie in a new folder."""
    with tempfile.TemporaryDirectory(prefix="stackwright-bench-") as folder:
        # Without compiled modules, which some shells of developers switch off, a second goes into compiling them again.
        ordinary = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield ordinary | {
            "STACKWRIGHT_HOME": f"{folder}/home",
            "STACKWRIGHT_OUTPUT_ROOT": f"{folder}/output",
        }


def seconds_of(argv: list[str], environment: dict[str, str], statuses: tuple[int, ...] = (0,)) -> float:
    """Run a command and give its wall time; its processor time is added to CPU_SECONDS.

    Raises RuntimeError with its output when it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    elapsed = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    CPU_SECONDS.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    if done.returncode not in statuses:
        raise RuntimeError(f"{' '.join(argv)} exited {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return elapsed


@contextlib.contextmanager
def suite_up(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `stackwright up` on free ports; give the process and its REST address."""
    argv = [*COMMAND, "up", "--port", "0", "--grpc-port", "0"]
    process = subprocess.Popen(
        argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                yield process, found.group()
                break
        else:
            raise RuntimeError(f"the suite did not start: {''.join(said)[-3000:]}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@dataclass(frozen=True)
class Up:
    """A suite that serves, with a client of its REST address."""

    client: httpx.Client
    output_root: Path


@contextlib.contextmanager
def suite_with_client() -> Iterator[Up]:
    """Run `stackwright up` in folders of its own."""
    with folders() as environment, suite_up(environment) as (process, address):
        with httpx.Client(base_url=address, timeout=60) as client:
            yield Up(client, Path(environment["STACKWRIGHT_OUTPUT_ROOT"]))
        assert process.poll() is None, "the suite ended by itself"
