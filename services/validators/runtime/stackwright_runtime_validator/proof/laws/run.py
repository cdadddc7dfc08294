"""Tries every law on every collection, and states the check `laws`."""

from __future__ import annotations

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof.laws import rows, rules
from stackwright_runtime_validator.proof.laws.collection import Collection, UntriedError, collections
from stackwright_runtime_validator.proof.target import Target
from stackwright_sdk.validation import Report

_LAWS = (
    rows.what_is_sent_is_kept,
    rows.a_key_stands_for_one_row,
    rows.versions_count,
    rows.lists_hold_what_they_are_asked,
    rows.what_is_deleted_is_gone,
    rows.strangers_stay_outside,
    rules.bounds_hold,
    rules.what_is_unique_is_there_once,
    rules.what_is_encrypted_is_sealed,
    rules.states_are_kept_to,
)
_SECONDS = 120.0
_TOLD = 3


async def try_laws(report: Report, target: Target) -> None:
    """A law that is broken is a finding, with what was sent and what came back."""
    async with report.check("laws", timeout_seconds=_SECONDS) as check:
        untried = []
        for collection in collections(target):
            for law in _LAWS:
                try:
                    problems = [problem async for problem in law(collection)]
                except UntriedError as error:
                    # What no schema tells is tried by the tests that come with the application.
                    untried.append(str(error))
                    continue
                check.passed += not problems
                check.failed += bool(problems)
                if problems:
                    _tell(report, law.__name__, collection, problems)
        if check.failed:
            check.fail(f"{check.failed} laws are broken")
        elif not check.passed:
            check.unverified(untried[0] if untried else "the request has no entities of its own")
        report.measure("laws.tried", check.passed + check.failed, "count", "laws of rows, one for each entity")
        report.measure("laws.untried", len(untried), "count", "; ".join(untried[:_TOLD]) or "every law was tried")


def _tell(report: Report, law: str, collection: Collection, problems: list[str]) -> None:
    report.finding(
        tool="runtime",
        rule=f"law-{law.replace('_', '-')}",
        severity=finding_pb2.SEVERITY_HIGH,
        gate=finding_pb2.GATE_ARCHITECTURE,
        message=f"{collection.path}: {'; '.join(problems[:_TOLD])}",
    )
