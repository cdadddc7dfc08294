"""Two small applications as they are generated: what is emitted and composed, so that a change of a template is seen.

`make goldens` writes them again. They show differences to a reader; that the output is right is proved by running it.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_COMPOSED, FILE_ORIGIN_EMITTED
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import GenerateRequest, Stack, Technology
from stackwright_node_backend.handler import NodeBackendHandler
from stackwright_postgresql_database.handler import PostgresqlDatabaseHandler
from stackwright_react_frontend.handler import ReactFrontend
from stackwright_registry.catalogue import load_catalogue
from stackwright_registry.resolving.draft import draft_contract
from stackwright_sdk.node import SourceTools

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
# Folder → (features, with the entity Sample, language). The database is the same in every language: one tree shows it.
TREES = {
    "health_typescript": (["health_monitoring"], False, "typescript"),
    "entity_javascript": (["authentication"], True, "javascript"),
}
# Long, and made whole from what the rest shows.
LEFT_OUT = ("package-lock.json", "openapi.json")


def contract_of(features: list[str], *, probe: bool) -> Contract:
    catalogue = load_catalogue(ROOT / "catalogue")
    return draft_contract(catalogue, features, project_name="Golden", with_probe=probe)


async def tree_of(features: list[str], *, probe: bool, language: str) -> dict[str, bytes]:
    stack = Stack(
        backend=Technology(name="node.js", language=language),
        frontend=Technology(name="react", language=language),
        database=Technology(name="postgresql"),
    )
    contract = contract_of(features, probe=probe)

    async def silent(message: str, done: int, total: int) -> None:
        pass

    tree: dict[str, bytes] = {}
    async with SourceTools() as tools:
        react = ReactFrontend()
        try:
            database = [(PostgresqlDatabaseHandler(), stack.database)] if probe else []
            for handler, technology in [(NodeBackendHandler(tools), stack.backend), (react, stack.frontend), *database]:
                request = GenerateRequest(request_id="golden", contract=contract, technology=technology, stack=stack)
                project = await handler.generate(request, silent)
                tree |= {
                    file.path: file.content
                    for file in project.files
                    if file.origin in {FILE_ORIGIN_EMITTED, FILE_ORIGIN_COMPOSED} and not file.path.endswith(LEFT_OUT)
                }
        finally:
            await react.close()
    return tree


def kept(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def write(folder: Path, tree: Mapping[str, bytes]) -> None:
    for path in kept(folder):
        (folder / path).unlink()
    for path, content in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.mark.parametrize("name", TREES)
async def test_the_tree_is_the_golden_one(name: str, request: pytest.FixtureRequest) -> None:
    features, probe, language = TREES[name]
    tree = await tree_of(features, probe=probe, language=language)
    folder = HERE / name
    if request.config.getoption("--write-goldens"):
        write(folder, tree)
    golden = kept(folder)
    assert sorted(tree) == sorted(golden)
    different = [path for path in tree if tree[path] != golden[path]]
    assert not different, f"run `make goldens` and read the difference: {different}"
