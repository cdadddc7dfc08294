"""Every feature alone, every pair and twenty sets drawn at random: read, type-checked and built."""

import pytest
from selection_builds import Builds, Types
from selection_checks import Checks
from selection_making import Workshop
from selection_sets import Selection, alone, distinct, drawn, pairs

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(3600)]


def all_of(workshop: Workshop) -> list[Selection]:
    """Each set of features that comes of them once: many pairs need the same others."""
    catalogue, features = workshop.catalogue, workshop.features
    return list(distinct([*alone(catalogue, features), *pairs(catalogue, features), *drawn(catalogue, features)]))


async def test_each_is_whole_in_typescript_its_types_hold_and_its_front_end_builds(
    workshop: Workshop, checks: Checks, types: Types, builds: Builds
) -> None:
    wrong = {}
    for chosen in all_of(workshop):
        made = await workshop.make(chosen, "typescript")
        problems = [
            *await checks.problems(made),
            *await types.problems(made.project),
            *await builds.problems(made.project),
        ]
        if problems:
            wrong[str(chosen)] = problems
    assert wrong == {}


async def test_each_is_whole_in_javascript(workshop: Workshop, checks: Checks) -> None:
    wrong = {}
    for chosen in all_of(workshop):
        if problems := await checks.problems(await workshop.make(chosen, "javascript")):
            wrong[str(chosen)] = problems
    assert wrong == {}
