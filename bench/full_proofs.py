"""The proofs that take minutes, once each."""

from bench.figures import Figure
from bench.generation import measured


def measure() -> list[Figure]:
    return measured({"full": (1, 240.0), "audit": (1, 900.0)})
