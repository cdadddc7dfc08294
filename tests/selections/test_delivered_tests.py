"""Applications in TypeScript pass the tests that they are delivered with: that of all features, and that of each alone.

The delivered tests ask the compiled operations over HTTP on PostgreSQL. They run for a minute, so what passed is
remembered by its content, as elsewhere here.
"""

import asyncio
import os
from pathlib import Path

import pytest
from selection_builds import Remembered, Types
from selection_making import Workshop
from selection_sets import alone, distinct, selection

from stackwright_sdk.node import node_binary, node_modules, tool
from stackwright_sdk.validation import Project

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def failures(folder: Path, *tests: str) -> str:
    """What Vitest says of tests that do not pass; nothing when all do."""
    # Vitest starts workers by the name of Node.
    environment = {**os.environ, "PATH": f"{node_binary().parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    process = await asyncio.create_subprocess_exec(
        *tool("vitest"), "run", "--passWithNoTests", *tests,
        cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return output.decode(errors="replace") if process.returncode else ""


@pytest.mark.timeout(600)
async def test_every_feature_together_passes_the_tests_it_is_delivered_with(
    workshop: Workshop, types: Types, tmp_path: Path
) -> None:
    chosen = selection(workshop.catalogue, workshop.features)
    made = await workshop.make(chosen, "typescript", probe=True)
    assert {feature.key for feature in made.contract.features} == set(workshop.features)
    assert await types.problems(made.project) == []
    project = backend_of(made.project)
    place = Remembered("delivered").place(project.digest().encode())
    if place.exists():
        pytest.skip("passed before, and no file of the back end or of the database has changed")
    said = await failures(written(project, tmp_path), "tests/features")
    assert not said, said
    place.touch()


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_every_feature_alone_passes_the_tests_it_is_delivered_with(workshop: Workshop, tmp_path: Path) -> None:
    wrong = {}
    for number, chosen in enumerate(distinct(alone(workshop.catalogue, workshop.features))):
        made = await workshop.make(chosen, "typescript")
        folder = written(backend_of(made.project), tmp_path / str(number))
        if said := await failures(folder, "tests/features", "src/features"):
            wrong[str(chosen)] = said
    assert wrong == {}


def backend_of(project: Project) -> Project:
    """The back end and the database: tests reach for the migrations beside them."""
    return Project.of(file for folder in ("backend", "database") for file in project.matching(under=folder))


def written(project: Project, folder: Path) -> Path:
    """The folder of the back end, where its tests run."""
    project.write_to(folder)
    (folder / "backend" / "node_modules").symlink_to(node_modules())
    return folder / "backend"
