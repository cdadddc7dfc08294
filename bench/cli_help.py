"""How long `stackwright --help` takes, process start included."""

import os

from bench.figures import Figure
from bench.suite_process import COMMAND, seconds_of


def measure() -> list[Figure]:
    values = [seconds_of([*COMMAND, "--help"], dict(os.environ)) for _ in range(9)]
    return [Figure("stackwright --help", values, "s", 0.3)]
