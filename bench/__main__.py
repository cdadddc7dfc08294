"""Print the table of DESIGN §12, measured beside limit.

python -m bench            every row
python -m bench cli files  these rows
"""

import argparse
import importlib
import sys

from bench.figures import Figure

# Name → module; each has `measure() -> list[Figure]`.
BENCHES = {
    "cli": "bench.cli_help",
    "generation": "bench.generation",
    "warm": "bench.warm_runs",
    "orchestrator": "bench.orchestrator_overhead",
    "writing": "bench.writing",
    "memory": "bench.idle_memory",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which rows (default: all)")
    names = parser.parse_args().names or list(BENCHES)
    figures: list[Figure] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        figures += importlib.import_module(BENCHES[name]).measure()
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
