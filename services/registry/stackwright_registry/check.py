"""Check a catalogue at a terminal: `python -m stackwright_registry.check`; every problem with file, line and column."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stackwright_registry.catalogue import parse_catalogue, read_files
from stackwright_registry.checking import check_catalogue
from stackwright_registry.problems import Problems

_CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"


def main(arguments: list[str] | None = None) -> int:
    """Print every problem; 0 when there is none, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, default=_CATALOGUE, help="folder of the catalogue")
    given = parser.parse_args(arguments)
    problems = Problems()
    catalogue = parse_catalogue(read_files(given.catalogue), problems)
    if not problems:
        problems = check_catalogue(catalogue)
    for problem in problems.sorted():
        sys.stdout.write(f"{problem}\n")
    built = sum(entry.built for entry in catalogue.index.values())
    counts = f"{len(catalogue.index)} features, {len(catalogue.features)} with a file, {built} built"
    sys.stdout.write(f"{counts}, {len(problems)} problem(s)\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
