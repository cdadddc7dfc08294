"""How long further requests take in a suite that is up, with its workers warm."""

import json
import time
import urllib.request

from bench.figures import Figure
from bench.suite_process import EXAMPLE, folders, suite_up

LEVELS = {"none": (10, None), "static": (5, 6.0), "run": (3, 30.0)}


def measure() -> list[Figure]:
    figures = []
    with folders() as environment, suite_up(environment) as (_, address):
        for proof, (times, limit) in LEVELS.items():
            generate(address, proof, 0)  # warms
            # Each of another name: what was proven already is not run again.
            values = [generate(address, proof, number) for number in range(1, times + 1)]
            figures.append(Figure(f"12 features with `{proof}` proof, warm", values, "s", limit))
        again = [generate(address, "run", times) for _ in range(3)]
        figures.append(Figure("the same request again, warm: its proof is used again if all passed", again, "s"))
    return figures


def generate(address: str, proof: str, number: int) -> float:
    document = json.loads(EXAMPLE.read_text()) | {"options": {"proof": proof}}
    document["project_name"] += f" {number}"
    request = urllib.request.Request(
        f"{address}/api/v1/generate", json.dumps(document).encode(), {"Content-Type": "application/json"}
    )
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=300) as answer:
        body = json.load(answer)
    if not body["done"]:
        raise RuntimeError(f"the run did not end: {body}")
    return time.perf_counter() - started
