"""Print the table of published figures, measured beside limit.

python -m bench                every row but the slow ones
python -m bench --slow         these too: full and audit proofs, which take minutes each
python -m bench cli writing    these rows
"""

import argparse
import importlib
import sys

from bench import machine
from bench.figures import Figure

# Name → module; each has `measure() -> list[Figure]`.
BENCHES = {
    "cli": "bench.cli_help",
    "generation": "bench.generation",
    "warm": "bench.warm_runs",
    "entities": "bench.many_entities",
    "scale": "bench.scale",
    "orchestrator": "bench.orchestrator_overhead",
    "writing": "bench.writing",
    "memory": "bench.idle_memory",
}
SLOW = {"full": "bench.full_proofs"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "names", nargs="*", choices=[*BENCHES, *SLOW, []], help="which rows (default: all that are quick)"
    )
    parser.add_argument("--slow", action="store_true", help="the slow rows too")
    words = parser.parse_args()
    names = words.names or [*BENCHES, *(SLOW if words.slow else [])]
    figures: list[Figure] = []
    print(machine.tell(machine.reference()))
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        figures += importlib.import_module((BENCHES | SLOW)[name]).measure()
    print(machine.tell(machine.reference()))
    print(f"\n| {'what':<66} | {'median':>10} | {'limit':>10} | runs | |")
    print(f"|{'-' * 68}|{'-' * 11}:|{'-' * 11}:|-----:|---|")
    for figure in figures:
        limit = "" if figure.limit is None else f"{figure.limit:g} {figure.unit}"
        label = f"{figure.what} ({figure.note})" if figure.note else figure.what
        median = f"{figure.median:.3g} {figure.unit}"
        print(f"| {label:<66} | {median:>10} | {limit:>10} | {len(figure.values):>4} | {figure.verdict} |")
    return 1 if any(figure.verdict == "ABOVE" for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
