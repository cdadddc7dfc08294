"""Where an application cannot be run, nothing is called proven, and the reason is said."""

import pytest
from sample_contract import sample_contract  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright.validator.v1.request_response_pb2 import ValidateStart
from stackwright_runtime_validator import validator as module
from stackwright_runtime_validator.tools import Tools
from stackwright_runtime_validator.validator import RuntimeValidator
from stackwright_sdk.sandbox import Confinement, Level
from stackwright_sdk.validation import ValidationJob

UNVERIFIED = measurement_pb2.CHECK_STATE_UNVERIFIED


class NoTools(Tools):
    """Nothing is looked for, so that the test takes no time."""

    async def prepare(self) -> None:
        pass


async def said(tools: Tools) -> tuple[dict[str, measurement_pb2.Check], list[measurement_pb2.ShowResult]]:
    start = ValidateStart(request_id="r", proof=measurement_pb2.PROOF_LEVEL_RUN, probe_contract=sample_contract())
    messages = [message async for message in RuntimeValidator(tools).said(ValidationJob(start, {}))]
    checks = {message.check.name: message.check for message in messages if message.HasField("check")}
    return checks, [message.show for message in messages if message.HasField("show")]


@pytest.mark.parametrize(
    ("confinement", "lacking", "reason"),
    [
        (Confinement(None, ("namespaces are off",), False), "", "namespaces are off"),
        (Confinement(Level.LANDLOCK, (), True), "", "this machine has a route out"),
        (Confinement(Level.NAMESPACES, (), True), "no node_modules", "no node_modules"),
    ],
)
async def test_what_did_not_run_is_unverified_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, confinement: Confinement, lacking: str, reason: str
) -> None:
    async def found() -> Confinement:
        return confinement

    monkeypatch.setattr(module, "confinement", found)
    checks, shows = await said(NoTools(processors=1, lacking=lacking))
    assert {"install.backend", "migrate", "boot", "tests.backend", "behaviour"} <= checks.keys()
    assert all(check.state == UNVERIFIED and reason in check.message for check in checks.values())
    assert len(shows) == 14
    assert all(show.state == UNVERIFIED and reason in show.behaviours[0].message for show in shows)
