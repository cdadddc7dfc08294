"""Results of behaviour tests, gathered into what they say about each `shows` line."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import contract_pb2

PASSED = measurement_pb2.CHECK_STATE_PASSED
FAILED = measurement_pb2.CHECK_STATE_FAILED
UNVERIFIED = measurement_pb2.CHECK_STATE_UNVERIFIED

MEASURED_CHECKS = ("load", "pages", "readme", "attack", "fuzz")
"""What level `full` adds, besides the build of the front end."""


@dataclass(frozen=True, order=True)
class Line:
    """One `shows` line: the feature's key and the line's 1-based number."""

    feature: str
    number: int

    def __str__(self) -> str:
        return f"{self.feature}:{self.number}"


@dataclass(frozen=True)
class BehaviourRun:
    """One behaviour test that was tried for a line."""

    line: Line
    result: measurement_pb2.BehaviourResult

    def encode(self) -> bytes:
        """One line of text, so that another process may tell it."""
        told = measurement_pb2.ShowResult(feature=self.line.feature, line=self.line.number, behaviours=[self.result])
        return base64.b64encode(told.SerializeToString()) + b"\n"

    @classmethod
    def decode(cls, text: bytes) -> BehaviourRun:
        told = measurement_pb2.ShowResult.FromString(base64.b64decode(text, validate=True))
        return cls(Line(told.feature, told.line), told.behaviours[0])


def shows(
    contract: contract_pb2.Contract, runs: Iterable[BehaviourRun], untried: str = ""
) -> list[measurement_pb2.ShowResult]:
    """One result for every line of every feature of the contract.

    A line is passed when it has a behaviour test and all of them passed, failed when one failed, and else unverified:
    `untried` says why nothing ran, where that is so.
    """
    by_line: defaultdict[Line, list[measurement_pb2.BehaviourResult]] = defaultdict(list)
    for run in runs:
        by_line[run.line].append(run.result)
    results = []
    for feature in contract.features:
        for show in feature.shows:
            tried = by_line[Line(feature.key, show.line)]
            if not tried:
                missing = untried or "no behaviour test was given for this line"
                tried = [measurement_pb2.BehaviourResult(name="none", state=UNVERIFIED, message=missing)]
            results.append(
                measurement_pb2.ShowResult(
                    feature=feature.key, line=show.line, text=show.text, state=_worst(tried), behaviours=tried
                )
            )
    return results


def _worst(tried: list[measurement_pb2.BehaviourResult]) -> measurement_pb2.CheckState:
    states = {result.state for result in tried}
    return FAILED if FAILED in states else UNVERIFIED if UNVERIFIED in states else PASSED
