"""The servicer base: joining, streaming, checks that break, bounded tools."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import grpc
import pytest

from stackwright.code.v1.file_pb2 import FileChunk, SourceFile
from stackwright.code.v1.finding_pb2 import GATE_SYNTAX, SEVERITY_HIGH
from stackwright.code.v1.measurement_pb2 import (
    CHECK_STATE_FAILED,
    CHECK_STATE_PASSED,
    CHECK_STATE_UNVERIFIED,
    PROOF_LEVEL_STATIC,
)
from stackwright.validator.v1.request_response_pb2 import (
    DescribeRequest,
    ValidateRequest,
    ValidateResponse,
    ValidateStart,
    ValidatorDescription,
)
from stackwright.validator.v1.service_pb2_grpc import ValidatorServiceStub, add_ValidatorServiceServicer_to_server
from stackwright_kit.errors import InvalidArgumentError
from stackwright_kit.files import to_chunks
from stackwright_sdk.validation import Place, Project, Report, ToolError, ValidationJob, Validator, run_tool
from stackwright_sdk.validation.servicer import ValidatorServicer, join_job

START = ValidateRequest(start=ValidateStart(request_id="r1", proof=PROOF_LEVEL_STATIC))


class Shouting(Validator):
    """Finds every line that shouts."""

    def describe(self) -> ValidatorDescription:
        return ValidatorDescription(name="shouting", version="1")

    async def validate(self, job: ValidationJob, report: Report) -> None:
        async with report.check("quiet", timeout_seconds=5) as check:
            for file in job.delivered.matching(".txt"):
                for number, line in enumerate(job.delivered.text(file.path).split("\n"), 1):
                    if line.isupper():
                        check.fail("Somebody shouts.")
                        report.finding(
                            tool="shouting",
                            rule="loud",
                            severity=SEVERITY_HIGH,
                            gate=GATE_SYNTAX,
                            message="Do not shout.",
                            at=Place(file.path, number),
                        )
        report.measure("lines", 1, "count")


async def validate(validator: Validator, texts: dict[str, str]) -> list[ValidateResponse]:
    """Through a real server."""
    server = grpc.aio.server()
    add_ValidatorServiceServicer_to_server(ValidatorServicer(validator), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()

    async def requests() -> AsyncIterator[ValidateRequest]:
        yield START
        for chunk in to_chunks(Project.of_texts(texts).files.values()):
            yield ValidateRequest(chunk=chunk)

    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = ValidatorServiceStub(channel)
            described = await stub.Describe(DescribeRequest())
            assert described.validator.name == validator.describe().name
            return [said async for said in stub.Validate(requests())]
    finally:
        await server.stop(None)


async def test_files_come_in_and_findings_facts_and_checks_go_out() -> None:
    big = "a quiet line\n" * 50_000
    said = await validate(Shouting(), {"a.txt": "quiet\nLOUD\n", "b.txt": big})

    kinds = [message.WhichOneof("event") for message in said]
    assert kinds == ["finding", "check", "measurement", "result"]
    assert said[0].finding.range.start_line == 2
    assert said[1].check.state == CHECK_STATE_FAILED
    assert said[-1].result.files == 2


async def test_a_fingerprint_stays_when_other_lines_move_and_differs_for_the_second_of_a_kind() -> None:
    first = [m.finding for m in await validate(Shouting(), {"a.txt": "LOUD\nLOUD"}) if m.HasField("finding")]
    moved = [
        m.finding for m in await validate(Shouting(), {"a.txt": "hush\n\n  LOUD\nLOUD  "}) if m.HasField("finding")
    ]

    assert [f.fingerprint for f in first] == [f.fingerprint for f in moved]
    assert first[0].fingerprint != first[1].fingerprint


async def _requests(*messages: ValidateRequest) -> AsyncIterator[ValidateRequest]:
    for message in messages:
        yield message


@pytest.mark.parametrize(
    ("messages", "wrong"),
    [
        ([], "start"),
        ([ValidateRequest(chunk=FileChunk(file=SourceFile(path="a"), last=True))], "start"),
        ([START, START], "start"),
        ([START, ValidateRequest(chunk=FileChunk(file=SourceFile(path="../a"), last=True))], "path"),
        ([START, ValidateRequest(chunk=FileChunk(file=SourceFile(path="a"), last=False))], "chunk"),
    ],
)
async def test_a_wrong_stream_is_refused_by_field(messages: list[ValidateRequest], wrong: str) -> None:
    with pytest.raises(InvalidArgumentError) as refusal:
        await join_job(_requests(*messages))
    assert refusal.value.violations[0].field == wrong


async def _breaks() -> None:
    raise ToolError("oxlint was ended by SIGKILL")


async def _has_a_bug() -> None:
    raise KeyError("x")


async def _hangs() -> None:
    await asyncio.sleep(60)


async def _is_fine() -> None:
    return


@pytest.mark.parametrize(
    ("work", "state", "message"),
    [
        (_breaks, CHECK_STATE_UNVERIFIED, "oxlint was ended by SIGKILL"),
        (_has_a_bug, CHECK_STATE_UNVERIFIED, "KeyError"),
        (_hangs, CHECK_STATE_UNVERIFIED, "Not finished within 0.05 s"),
        (_is_fine, CHECK_STATE_PASSED, ""),
    ],
)
async def test_a_check_that_did_not_finish_is_unverified_and_the_rest_goes_on(
    work: Callable[[], Awaitable[None]], state: int, message: str
) -> None:
    class Unlucky(Validator):
        def describe(self) -> ValidatorDescription:
            return ValidatorDescription(name="unlucky")

        async def validate(self, job: ValidationJob, report: Report) -> None:
            async with report.check("first", timeout_seconds=0.05):
                await work()
            async with report.check("second", timeout_seconds=5):
                pass

    said = await validate(Unlucky(), {})
    assert (said[0].check.state, said[1].check.state) == (state, CHECK_STATE_PASSED)
    assert message in said[0].check.message


async def test_a_failure_stays_a_failure_when_the_tool_breaks_afterwards() -> None:
    report = Report(Project())
    async with report.check("x", timeout_seconds=5) as check:
        check.fail("wrong")
        await _breaks()
    assert check.state == CHECK_STATE_FAILED


def test_writing_again_tells_what_changed_and_keeps_links(tmp_path: Path) -> None:
    folder, shared = tmp_path / "slot", tmp_path / "shared"
    shared.mkdir()
    (shared / "index.js").write_text("shared")
    folder.mkdir()
    (folder / "node_modules").symlink_to(shared)
    Project.of_texts({"b/a.ts": "1", "b/c.ts/d.ts": "2", "x.md": ""}).write_to(folder, under="b")
    changes = Project.of_texts({"b/a.ts": "1", "b/c.ts": "3"}).write_to(folder, under="b")

    assert (changes.created, changes.changed, changes.deleted) == (["c.ts"], [], ["c.ts/d.ts"])
    assert (folder / "node_modules" / "index.js").read_text() == "shared"
    assert (folder / "a.ts").read_text() == "1"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import time; time.sleep(60)", "did not finish within 1 s"),
        ("print('x' * 10_000_000)", "said more than 1000000 bytes"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "was ended by SIGSEGV"),
        ("raise SystemExit(7)", "ended with status 7"),
        ("bytearray(2_000_000_000)", "ended with status 1"),
    ],
)
async def test_a_tool_that_misbehaves_is_an_error_of_the_tool(tmp_path: Path, code: str, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        await run_tool(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            timeout_seconds=1,
            output_bytes=1_000_000,
            memory_bytes=1_000_000_000,
            expected=(0,),
        )


async def test_a_tool_sees_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWRIGHT_SECRET", "x")
    result = await run_tool(
        [sys.executable, "-c", "import os; print(sorted(os.environ))"], cwd=tmp_path, timeout_seconds=5
    )
    assert "STACKWRIGHT_SECRET" not in result.text


async def test_a_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no-such-tool could not be started"):
        await run_tool(["no-such-tool"], cwd=tmp_path, timeout_seconds=1)
