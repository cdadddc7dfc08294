"""What a validator says while it works: findings, facts, measurements and checks, each streamed at once."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from stackwright.code.v1.facts_pb2 import Facts
from stackwright.code.v1.finding_pb2 import (
    GATE_MAINTAINABILITY,
    SEVERITY_LOW,
    Finding,
    Gate,
    Range,
    Severity,
)
from stackwright.code.v1.measurement_pb2 import (
    CHECK_STATE_FAILED,
    CHECK_STATE_PASSED,
    CHECK_STATE_UNVERIFIED,
    Check,
    CheckState,
    EvidenceFile,
    Measurement,
    ShowResult,
)
from stackwright.validator.v1.request_response_pb2 import ValidateProgress, ValidateResponse
from stackwright_sdk.validation.project import Project
from stackwright_sdk.validation.tools import ToolError

_log = logging.getLogger(__name__)

MAX_FINDINGS = 2000
MAX_OUTPUT_BYTES = 64 * 1024
MAX_MESSAGE = 2000
MAX_EVIDENCE_FILES = 400
MAX_EVIDENCE_FILE_BYTES = 256 * 1024
MAX_EVIDENCE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Place:
    """Where a finding is: 1-based line and column, end exclusive in columns; 0 for a file or project as a whole."""

    path: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass
class CheckRun:
    """A check under way. It has passed unless `fail` or `unverified` is called, or the block raises."""

    name: str
    state: CheckState = CHECK_STATE_PASSED
    message: str = ""
    output: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def fail(self, message: str) -> None:
        """Say that something was executed and is wrong."""
        self.state, self.message = CHECK_STATE_FAILED, message

    def unverified(self, message: str) -> None:
        """Say that it did not run, or not wholly. A failure that was seen before stays a failure."""
        if self.state != CHECK_STATE_FAILED:
            self.state, self.message = CHECK_STATE_UNVERIFIED, message


@dataclass
class Report:
    """Takes what a validator has to say about `project` and hands it to the stream in order.

    Its methods may be called from several tasks of one event loop; none of them waits.
    """

    project: Project
    _queue: asyncio.Queue[ValidateResponse] = field(default_factory=asyncio.Queue)
    _seen: Counter[str] = field(default_factory=Counter)
    _findings: int = 0
    _evidence_files: int = 0
    _evidence_bytes: int = 0

    def finding(
        self,
        *,
        tool: str,
        rule: str,
        severity: Severity,
        gate: Gate,
        message: str,
        at: Place | None = None,
        principle: str = "",
    ) -> None:
        """Say that something is wrong. Beyond 2,000 findings of a run one last finding says that there are more."""
        self._findings += 1
        if self._findings > MAX_FINDINGS:
            if self._findings == MAX_FINDINGS + 1:
                tool, rule, severity, gate = "stackwright", "too-many-findings", SEVERITY_LOW, GATE_MAINTAINABILITY
                message, at = f"There are more than {MAX_FINDINGS} findings; the rest is left out.", None
            else:
                return
        self._put_finding(tool, rule, severity, gate, message, at or Place(), principle)

    def _put_finding(
        self, tool: str, rule: str, severity: Severity, gate: Gate, message: str, at: Place, principle: str
    ) -> None:
        key = fingerprint(tool, rule, at.path, self.project.line(at.path, at.line))
        self._seen[key] += 1
        if self._seen[key] > 1:
            # The same line twice in one file: told apart by their order.
            key = fingerprint(key, str(self._seen[key]))
        finding = Finding(
            tool=tool,
            rule=rule,
            severity=severity,
            gate=gate,
            path=at.path,
            range=Range(
                start_line=at.line,
                start_column=at.column,
                end_line=at.end_line or at.line,
                end_column=at.end_column or at.column,
            ),
            message=message[:MAX_MESSAGE],
            fingerprint=key,
            principle=principle,
        )
        self._queue.put_nowait(ValidateResponse(finding=finding))

    def facts(self, facts: Facts) -> None:
        """Add facts; they may come in pieces."""
        self._queue.put_nowait(ValidateResponse(facts=facts))

    def measure(self, name: str, value: float, unit: str, evidence: str = "") -> None:
        """State one number; units are `ratio`, `ms`, `count`, `bytes`, `lines`."""
        measurement = Measurement(name=name, value=value, unit=unit, evidence=evidence)
        self._queue.put_nowait(ValidateResponse(measurement=measurement))

    def show(self, result: ShowResult) -> None:
        """Say whether one `shows` line of a feature was proven."""
        self._queue.put_nowait(ValidateResponse(show=result))

    def evidence(self, file: EvidenceFile) -> bool:
        """Hand on a file that shows what was seen.

        Returns whether there was room: at most 256 KiB each, 400 files and 16 MiB of a run.
        """
        size = len(file.content)
        if (
            size > MAX_EVIDENCE_FILE_BYTES
            or self._evidence_files >= MAX_EVIDENCE_FILES
            or self._evidence_bytes + size > MAX_EVIDENCE_BYTES
        ):
            return False
        self._evidence_files += 1
        self._evidence_bytes += size
        self._queue.put_nowait(ValidateResponse(evidence=file))
        return True

    def progress(self, message: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, for a person who waits."""
        self._queue.put_nowait(ValidateResponse(progress=ValidateProgress(message=message, done=done, total=total)))

    @asynccontextmanager
    async def check(self, name: str, *, timeout_seconds: float) -> AsyncIterator[CheckRun]:
        """Run a block as a named check, and state its result.

        A block that takes too long, whose tool breaks, or that has a bug of ours makes the check unverified with the
        reason, and never ends the validation: the other checks go on.
        """
        run = CheckRun(name)
        started = time.monotonic()
        try:
            async with asyncio.timeout(timeout_seconds):
                yield run
        except TimeoutError:
            run.unverified(f"Not finished within {timeout_seconds:g} s.")
        except ToolError as error:
            run.unverified(str(error))
            run.output = run.output or error.output
        except Exception as error:  # a bug of ours is no verdict on the project, and is told as what it is
            _log.exception("check %s broke", name)
            run.unverified(f"The check itself broke: {type(error).__name__}: {error}")
        self._queue.put_nowait(ValidateResponse(check=_result(run, time.monotonic() - started)))

    def unverified(self, name: str, message: str) -> None:
        """State that a check did not run, and why."""
        run = CheckRun(name)
        run.unverified(message)
        self._queue.put_nowait(ValidateResponse(check=_result(run, 0)))

    async def until(self, work: asyncio.Task[None]) -> AsyncIterator[ValidateResponse]:
        """Yield what is said until `work` ends, and then the rest; cancel it when the stream is closed first."""
        end = ValidateResponse()
        work.add_done_callback(lambda _: self._queue.put_nowait(end))
        try:
            while (said := await self._queue.get()) is not end:
                yield said
        finally:
            if not work.done():
                work.cancel()


def fingerprint(tool: str, rule: str, path: str = "", line: str = "") -> str:
    """Identify a finding while other lines change: sha256 in hex of its parts, the line's spaces reduced."""
    return hashlib.sha256("\0".join((tool, rule, path, " ".join(line.split()))).encode()).hexdigest()


def _result(run: CheckRun, seconds: float) -> Check:
    return Check(
        name=run.name,
        state=run.state,
        message=run.message[:MAX_MESSAGE],
        seconds=round(seconds, 3),
        output=_bounded(run.output),
        passed=run.passed,
        failed=run.failed,
        skipped=run.skipped,
    )


def _bounded(output: str) -> str:
    """Keep the end, where the reason for a failure stands."""
    encoded = output.encode()
    if len(encoded) <= MAX_OUTPUT_BYTES:
        return output
    mark = "… (the beginning is left out)\n"
    return mark + encoded[-(MAX_OUTPUT_BYTES - len(mark.encode())) :].decode(errors="ignore")
