"""How long a request with a hundred entities of ten fields takes, without validation, process start included."""

import json
import statistics
from pathlib import Path

from bench.figures import Figure
from bench.suite_process import COMMAND, CPU_SECONDS, EXAMPLE, folders, seconds_of

ENTITIES, FIELDS, TIMES = 100, 10, 3
TYPES = ("string(1..80) search", "text optional", "int", "decimal", "bool", "date optional")


def measure() -> list[Figure]:
    fields = {f"field_{number}": TYPES[number % len(TYPES)] for number in range(FIELDS)}
    document = json.loads(EXAMPLE.read_text())
    document["requirements"] = {"authentication": True, "user_management": True}
    document["domain"] = {"entities": {f"Thing{number}": {"fields": fields} for number in range(ENTITIES)}}
    values = []
    for _ in range(TIMES):
        with folders() as environment:
            request = Path(environment["STACKWRIGHT_HOME"]).with_name("request.json")
            request.write_text(json.dumps(document))
            argv = [*COMMAND, "generate", str(request), "--proof", "none", "--json"]
            values.append(seconds_of(argv, environment, statuses=(0, 1)))
    cpu = statistics.median(CPU_SECONDS[-TIMES:])
    return [Figure(f"{ENTITIES} entities of {FIELDS} fields", values, "s", 5.0, f"{cpu:.2f} s of processor")]
