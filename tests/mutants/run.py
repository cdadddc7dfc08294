"""Proves that behaviour tests can fail: `python tests/mutants/run.py [LINE …]` makes each mutant and shows who notices.

Lines are named as `authentication:2`, or all lines of a feature as `authentication`; without any, all are tried. The
first seven features are one application, those that grow on them another. Ends with 1 when a mutant lives or does not
apply, or a line has none.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mutant_application import CATALOGUE, RECIPES, Application, Recipe, generate, lines_of  # type: ignore[import-not-found]  # on sys.path
from mutant_edits import Mutant, MutantError, read_mutants  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.code.v1.measurement_pb2 import CHECK_STATE_FAILED, CHECK_STATE_PASSED
from stackwright_runtime_validator.validator import RuntimeValidator

HANDLERS = ("node_backend", "react_frontend", "postgresql_database")


def say(text: str) -> None:
    """Tells the person who waits, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@dataclass
class Verdict:
    """What became of one mutant; `killed_by` names the tests that passed before and fail now."""

    mutant: Mutant
    killed_by: list[str] = field(default_factory=list)
    problem: str = ""
    seconds: float = 0.0


async def outcomes(
    validator: RuntimeValidator, application: Application, files: Mapping[str, SourceFile], lines: tuple[str, ...]
) -> tuple[dict[tuple[str, str], int], str]:
    """State of each behaviour test of `lines` by line and name, and why nothing ran, if so."""
    states: dict[tuple[str, str], int] = {}
    trouble = ""
    async for said in validator.said(application.job(files), lines):
        if said.HasField("show"):
            target = f"{said.show.feature}:{said.show.line}"
            states |= {(target, behaviour.name): behaviour.state for behaviour in said.show.behaviours}
        elif said.HasField("check") and said.check.name == "behaviour":
            trouble = said.check.message
    return states, trouble


def parts(mutant: Mutant, files: Mapping[str, SourceFile]) -> dict[str, SourceFile]:
    """What the mutant's tests need: without a browser nothing of the front end, which takes long to build."""
    return {path: file for path, file in files.items() if mutant.browser or not path.startswith("frontend/")}


async def judge(recipe: Recipe, lines: tuple[str, ...]) -> tuple[list[Verdict], list[str]]:
    """A verdict on every mutant of these lines of an application, and the lines that have none."""
    wanted = [line for line in lines_of(recipe) if not lines or line in lines or line.partition(":")[0] in lines]
    mutants = [mutant for mutant in read_mutants(CATALOGUE, HANDLERS) if mutant.target in wanted]
    if not wanted:
        return [], []
    application = await generate(recipe, browser=any(mutant.browser for mutant in mutants))
    validator = RuntimeValidator()
    say(f"{len(mutants)} mutants of {len(wanted)} lines; first the application as it is")
    before, trouble = await outcomes(validator, application, application.files, tuple(wanted))
    for key in (key for key, state in before.items() if state != CHECK_STATE_PASSED):
        say(f"  does not pass on it: {key[0]} {key[1]}")
    if trouble:
        say(f"  {trouble}")
    verdicts = []
    for mutant in mutants:
        verdict = Verdict(mutant)
        started = time.monotonic()
        try:
            files = parts(mutant, mutant.apply(application.files))
            after, trouble = await outcomes(validator, application, files, (mutant.target,))
            passed = {key for key, state in before.items() if state == CHECK_STATE_PASSED}
            verdict.killed_by = [
                key[1] for key, state in after.items() if state == CHECK_STATE_FAILED and key in passed
            ]
            verdict.problem = "" if verdict.killed_by else trouble or "no test noticed"
        except MutantError as error:
            verdict.problem = str(error)
        verdict.seconds = time.monotonic() - started
        verdicts.append(verdict)
        say(row(verdict))
    return verdicts, sorted(set(wanted) - {mutant.target for mutant in mutants})


def row(verdict: Verdict) -> str:
    """One line of the table."""
    mutant = verdict.mutant
    how = (
        f"killed by {len(verdict.killed_by)}: {verdict.killed_by[0]}"
        if verdict.killed_by
        else f"LIVES: {verdict.problem}"
    )
    return f"{mutant.target:30} {mutant.name:75} {verdict.seconds:5.1f} s  {how}"


def main() -> int:
    """Prints the table; 0 when every line has a mutant and every mutant was noticed."""
    verdicts, bare = list[Verdict](), list[str]()
    for recipe in RECIPES:
        judged, without = asyncio.run(judge(recipe, tuple(sys.argv[1:])))
        verdicts += judged
        bare += without
    alive = [verdict for verdict in verdicts if not verdict.killed_by]
    say(
        f"{len(verdicts) - len(alive)} of {len(verdicts)} killed"
        + (f"; no mutant for {', '.join(bare)}" if bare else "")
    )
    return 1 if alive or bare else 0


if __name__ == "__main__":
    sys.exit(main())
