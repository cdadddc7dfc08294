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
            generate(address, proof)  # warms
            values = [generate(address, proof) for _ in range(times)]
            figures.append(Figure(f"12 features with `{proof}` proof, warm", values, "s", limit))
    return figures


def generate(address: str, proof: str) -> float:
    document = json.loads(EXAMPLE.read_text()) | {"options": {"proof": proof}}
    request = urllib.request.Request(
        f"{address}/api/v1/generate", json.dumps(document).encode(), {"Content-Type": "application/json"}
    )
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=300) as answer:
        body = json.load(answer)
    if not body["done"]:
        raise RuntimeError(f"the run did not end: {body}")
    return time.perf_counter() - started
