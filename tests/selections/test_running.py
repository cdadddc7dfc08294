"""Sets drawn at random boot, and all behaviour tests of their features pass.

A proof runs for minutes, so one that passed is not run again while nothing that it depends on differs: generated files,
behaviour tests, the validator and its tools. A machine without a memory of it runs all.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from selection_builds import Remembered
from selection_making import Workshop
from selection_proofs import job_of, prove
from selection_sets import drawn

from stackwright_runtime_validator.reuse import key_of
from stackwright_runtime_validator.tools import Tools, find_tools
from stackwright_runtime_validator.validator import RuntimeValidator
from stackwright_sdk.sandbox import confinement

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETS = 3


@dataclass(frozen=True)
class Proving:
    """The runtime validator, and the tools that its proofs depend on."""

    validator: RuntimeValidator
    tools: Tools
    passed: Remembered


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proving() -> AsyncIterator[Proving]:
    tools = find_tools()
    await tools.prepare()
    validator = RuntimeValidator()
    yield Proving(validator, tools, Remembered("proofs"))
    await validator.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(SETS))
async def test_a_set_drawn_at_random_does_what_its_features_say(
    workshop: Workshop, proving: Proving, number: int
) -> None:
    chosen = drawn(workshop.catalogue, workshop.features, SETS)[number]
    job = job_of(workshop, await workshop.make(chosen, "javascript", probe=True))
    place = proving.passed.place(key_of(job, proving.tools, str((await confinement()).level)).encode())
    if place.exists():
        pytest.skip(f"{chosen}: passed before, and nothing that its proof depends on has changed")
    proof = await prove(proving.validator, job)
    assert not proof.wrong, "\n".join([str(chosen), *proof.wrong])
    assert proof.passed
    place.touch()
