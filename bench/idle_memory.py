"""How much memory the whole suite takes when idle, in one process, with its NATS server and without Node workers."""

import subprocess
import time
from pathlib import Path

from bench.figures import Figure
from bench.suite_process import folders, suite_up


def measure() -> list[Figure]:
    with folders() as environment, suite_up(environment) as (process, _):
        time.sleep(3)
        values = []
        for _ in range(5):
            values.append(sum(resident(pid) for pid in [process.pid, *children(process.pid)]))
            time.sleep(0.5)
    return [Figure("memory of the whole suite idle, in one process", values, "MB", 300.0)]


def resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def is_node(pid: int) -> bool:
    try:
        # Not its `comm`: Node names its first thread otherwise.
        return Path(f"/proc/{pid}/exe").readlink().name == "node"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Give all descendants but Node workers and what they start."""
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False)
    direct = [each for each in map(int, found.stdout.split()) if not is_node(each)]
    return [each for child in direct for each in [child, *children(child)]]
