"""All features at once, and one that no handler has heard of: what stands across features covers them all."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from selection_making import CATALOGUE, Made, Workshop
from selection_proofs import job_of, prove, with_features
from selection_sets import selection

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_VERBATIM
from stackwright_runtime_validator.validator import RuntimeValidator

pytestmark = pytest.mark.asyncio(loop_scope="module")
EXTRA = Path(__file__).with_name("extra")
FEATURE = "sparks"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def larger(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workshop]:
    """A workshop whose catalogue has the feature of these tests."""
    made = Workshop(with_features(CATALOGUE, EXTRA, tmp_path_factory.mktemp("more") / "catalogue"))
    yield made
    await made.close()


async def made_with(workshop: Workshop, *more: str) -> Made:
    return await workshop.make(selection(workshop.catalogue, [*workshop.features, *more]), "javascript", probe=True)


async def test_a_feature_needs_no_line_written_elsewhere(larger: Workshop) -> None:
    """What people wrote by hand stays as it is; what is compiled for others differs only where it lists all models."""
    before, after = await made_with(larger), await made_with(larger, FEATURE)
    changed = [
        file
        for path, file in after.project.files.items()
        if path in before.project and before.project.files[path].content != file.content
    ]
    # The first page has cards for so many models and no more: a new one takes the place of the last.
    cards = [{path for path in made.project.files if path.endswith("HomeCard.jsx")} for made in (before, after)]
    assert len(cards[0]) == len(cards[1])
    assert before.project.files.keys() - cards[0] <= after.project.files.keys()
    assert [file.path for file in changed if file.origin == FILE_ORIGIN_VERBATIM] == []
    # They stand across all features, and know none of them.
    assert [file.path for file in changed if "/features/audit_logging/" in file.path] == []
    assert [file.path for file in changed if "/shared/" in file.path] == []


@pytest.mark.timeout(900)
async def test_audit_limits_headers_and_notifications_cover_every_feature(larger: Workshop) -> None:
    validator = RuntimeValidator()
    try:
        proof = await prove(validator, job_of(larger, await made_with(larger, FEATURE)), FEATURE)
    finally:
        await validator.close()
    assert not proof.wrong, "\n".join(proof.wrong)
    assert proof.passed == 3
