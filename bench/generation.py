"""How long the twelve-feature request takes from the command line, process start included."""

import statistics
from collections.abc import Mapping

from bench.figures import Figure
from bench.suite_process import COMMAND, CPU_SECONDS, EXAMPLE, folders, seconds_of

# Proof → (times, limit in seconds).
LEVELS = {"none": (5, 2.0), "static": (3, 15.0), "run": (3, 60.0)}


def measure() -> list[Figure]:
    return measured(LEVELS)


def measured(levels: Mapping[str, tuple[int, float]]) -> list[Figure]:
    figures = []
    for proof, (times, limit) in levels.items():
        values = []
        for _ in range(times):
            with folders() as environment:
                argv = [*COMMAND, "generate", str(EXAMPLE), "--proof", proof, "--json"]
                # 1: below the target, which is no failure of the bench.
                values.append(seconds_of(argv, environment, statuses=(0, 1)))
        title = "12 features: request to files" if proof == "none" else f"the same with `{proof}` proof, cold"
        cpu = statistics.median(CPU_SECONDS[-times:])
        figures.append(Figure(title, values, "s", limit, f"{cpu:.2f} s of processor"))
    return figures
