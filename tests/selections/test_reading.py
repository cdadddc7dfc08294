"""Selections as they are written: every feature alone, and a few sets drawn at random, in both languages."""

from collections.abc import Iterable

import pytest
from selection_checks import Checks
from selection_making import Language, Workshop
from selection_sets import Selection, alone, drawn, selection

pytestmark = pytest.mark.asyncio(loop_scope="module")
DRAWN = 5


async def found(
    workshop: Workshop, checks: Checks, selections: Iterable[Selection], language: Language, *, probe: bool = False
) -> dict[str, list[str]]:
    """Selections that something is wrong with, and what."""
    wrong = {}
    for chosen in selections:
        if problems := await checks.problems(await workshop.make(chosen, language, probe=probe)):
            wrong[str(chosen)] = problems
    return wrong


async def test_there_are_features_and_all_are_in_the_catalogue(workshop: Workshop) -> None:
    assert set(workshop.features) >= {"authentication", "real_time_chat", "rate_limiting"}
    assert set(workshop.features) <= set(workshop.catalogue.features)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["typescript", "javascript"])
async def test_every_feature_alone_is_whole(workshop: Workshop, checks: Checks, language: Language) -> None:
    selections = alone(workshop.catalogue, workshop.features)
    assert await found(workshop, checks, selections, language) == {}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["typescript", "javascript"])
async def test_sets_drawn_at_random_are_whole_with_an_entity(
    workshop: Workshop, checks: Checks, language: Language
) -> None:
    selections = drawn(workshop.catalogue, workshop.features, DRAWN)
    assert await found(workshop, checks, selections, language, probe=True) == {}


async def test_a_scope_that_two_rules_ask_for_is_written_once(workshop: Workshop) -> None:
    made = await workshop.make(selection(workshop.catalogue, ["file_upload", "real_time_chat"]), "typescript")
    scope = made.project.text("backend/src/features/file_upload/stored-file/scope.ts")
    assert scope.count("const writableTarget = ") == 1
    assert scope.count("${writableTarget}") == 2
    assert scope.count("target_type = 'Room'") == 2, "once to read, once to write"
