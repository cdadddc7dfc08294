"""How long a request with a hundred entities takes, without validation, process start included."""

import statistics
from pathlib import Path

from bench.figures import Figure
from bench.hundred_entities import ENTITIES, FIELDS, RELATIONS, request
from bench.suite_process import COMMAND, CPU_SECONDS, folders, seconds_of

TIMES = 3


def measure() -> list[Figure]:
    values = []
    for _ in range(TIMES):
        with folders() as environment:
            document = Path(environment["STACKWRIGHT_HOME"]).with_name("request.json")
            document.write_text(request())
            argv = [*COMMAND, "generate", str(document), "--proof", "none", "--json"]
            values.append(seconds_of(argv, environment, statuses=(0, 1)))
    cpu = statistics.median(CPU_SECONDS[-TIMES:])
    title = f"{ENTITIES} entities of {FIELDS} fields, {RELATIONS} relations"
    return [Figure(title, values, "s", 5.0, f"{cpu:.2f} s of processor")]
