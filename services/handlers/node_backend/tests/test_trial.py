"""What no feature of the golden has is compiled, typed, clean, and does on a real database what the contract says.

The contract was drawn up by the registry from the feature in `trial/`, merged into the catalogue:
`python -m tests.redraw` in this handler's folder does it again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import pytest_asyncio

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import GenerateRequest, Technology
from stackwright_node_backend.handler import NodeBackendHandler
from stackwright_postgresql_database.handler import PostgresqlDatabaseHandler
from stackwright_sdk.handler import TechnologyHandler
from stackwright_sdk.node import SourceTools, node_modules, tool

HERE = Path(__file__).parent
CONTRACT = HERE / "contracts" / "trial.binpb"
WRITTEN = HERE / "trial" / "trial.test.ts"
_SECONDS = 300


async def quiet(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""


async def files_of(handler: TechnologyHandler, contract: Contract, name: str) -> list[SourceFile]:
    technology = Technology(name=name, language="TypeScript")
    request = GenerateRequest(request_id="t", contract=contract, technology=technology)
    return list((await handler.generate(request, quiet)).files)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The back end of the trial, on disk, with its database beside it."""
    contract = Contract.FromString(CONTRACT.read_bytes())
    root = tmp_path_factory.mktemp("trial")
    async with SourceTools() as tools:
        files = await files_of(NodeBackendHandler(tools), contract, "node.js")
    files += await files_of(PostgresqlDatabaseHandler(), contract, "postgresql")
    for file in files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (root / "backend" / "node_modules").symlink_to(node_modules())
    shutil.copy(WRITTEN, root / "backend" / "tests")
    return root / "backend"


def run(folder: Path, name: str, *arguments: str) -> None:
    command = [*tool(name), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr


def text(backend: Path, path: str) -> str:
    return (backend / "src/features/trial" / path).read_text()


def test_a_metric_is_grouped_by_the_database_under_the_scope_of_the_caller(backend: Path) -> None:
    operations = text(backend, "book/operations.ts")
    # What a reference shows is asked of the row that it leads to, within what the caller may refer to.
    assert "FROM shelves AS r WHERE r.id = t.shelf_id AND (r.open OR r.keeper_id = :actorId)))::jsonb`" in operations
    # A field that not everybody may read is summed over the rows only in which the caller may.
    weight = operations[operations.index("'metrics.weight'") :]
    assert "where: `(t.keeper_id = :actorId)`" in weight[: weight.index("});")]


def test_the_document_says_what_a_metric_answers(backend: Path) -> None:
    paths = json.loads((backend / "src/features/api_documentation/openapi.json").read_text())["paths"]
    bought = paths["/api/metrics/bought"]["get"]
    assert [found["name"] for found in bought["parameters"]] == ["step", "from", "to"]
    answer = bought["responses"]["200"]["content"]["application/json"]["schema"]
    item = answer["properties"]["items"]["items"]
    assert item["required"] == ["over", "by", "value"]
    assert item["properties"]["by"] == {"type": ["string", "null"], "enum": ["new", "old", None]}
    whole = paths["/api/metrics/pages"]["get"]
    assert "parameters" not in whole
    answer = whole["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["items"]
    assert (answer["minItems"], answer["maxItems"]) == (1, 1)
    assert answer["items"]["properties"]["value"]["type"] == ["string", "null"]


def test_it_is_typed_and_clean(backend: Path) -> None:
    run(backend, "tsc", "--noEmit")
    run(backend, "oxlint", "--deny-warnings", "src", "tests")


@pytest.mark.slow
def test_it_does_what_the_contract_says(backend: Path) -> None:
    run(backend, "vitest", "run", "src/features/trial", "src/shared/query", "src/shared/actions", "tests/trial.test.ts")
