"""The blueprint holds exactly what is emitted from the sample contract, so it proves the templates."""

from pathlib import Path

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit
from stackwright_sdk.handler import Blueprint
from stackwright_sdk.node import SourceTools


async def test_emitted_files_are_those_of_the_blueprint(sample: Contract, blueprint: Path) -> None:
    async with SourceTools() as tools:
        files = await tools.format(emit(Application(sample)).texts())
    stored = {path: (blueprint / path).read_text() for path in files if (blueprint / path).exists()}
    assert stored == files, "run `python tests/regenerate.py`"


def test_no_file_of_a_feature_is_left_over(sample: Contract, blueprint: Path) -> None:
    known = {file.path for file in emit(Application(sample)).files} | set(Blueprint.load(blueprint).files)
    for folder in ("src/features", "tests/features"):
        found = {path.relative_to(blueprint).as_posix() for path in (blueprint / folder).rglob("*") if path.is_file()}
        assert found <= known


def test_the_same_contract_gives_the_same_text(sample: Contract) -> None:
    assert emit(Application(sample)).files == emit(Application(sample)).files
