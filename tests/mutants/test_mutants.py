"""Every line of the features that are built has mutants, and each is noticed by a behaviour test of that line."""

import subprocess
import sys
from pathlib import Path

import pytest
from mutant_application import CATALOGUE, RECIPES, Recipe, generate, lines_of  # type: ignore[import-not-found]  # on sys.path
from mutant_edits import Edit, Mutant, MutantError, read_mutants  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright_registry.catalogue import load_catalogue

HERE = Path(__file__).parent
HANDLERS = ("node_backend", "react_frontend", "postgresql_database")


def test_an_edit_replaces_and_one_that_meets_nothing_is_an_error() -> None:
    files = {"backend/a.ts": SourceFile(path="backend/a.ts", content=b"one two one")}
    mutant = Mutant("f", 1, "n", (Edit("backend/*.ts", "one", "three"),))
    assert mutant.apply(files)["backend/a.ts"].content == b"three two three"
    with pytest.raises(MutantError, match="does not hold: four"):
        Mutant("f", 1, "n", (Edit("backend/*.ts", "four", "five"),)).apply(files)
    with pytest.raises(MutantError, match="is not there"):
        Mutant("f", 1, "n", (Edit("nothing.ts", "four", "five"),)).apply(files)


def test_every_line_of_a_feature_with_behaviour_tests_has_a_mutant() -> None:
    declared = {mutant.target for mutant in read_mutants(CATALOGUE, HANDLERS)}
    assert declared == {line for recipe in RECIPES for line in lines_of(recipe)}


def test_every_feature_that_is_built_is_in_an_application_of_mutants() -> None:
    built = {key for key, entry in load_catalogue(CATALOGUE).index.items() if entry.built}
    assert built == {key for recipe in RECIPES for key in recipe.features}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.features[0])
async def test_every_mutant_can_be_made_of_what_is_generated_now(recipe: Recipe) -> None:
    files = (await generate(recipe, browser=True)).files
    stale = []
    for mutant in read_mutants(CATALOGUE, HANDLERS):
        try:
            assert mutant.feature not in recipe.features or mutant.apply(files) != files
        except MutantError as error:
            stale.append(str(error))
    assert stale == []


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_each_mutant_is_noticed() -> None:
    done = subprocess.run([sys.executable, HERE / "run.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
