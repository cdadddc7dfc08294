"""Selections other than the blueprint's compile, lint and, without types, still lint.

The contracts were drawn up by the registry, `python -m stackwright_registry.draft --features … --out contracts/….binpb`
(`hostile_names` with `--entities contracts/hostile_entities.json`, `typed` with its own, `authentication_probe` with
`--probe`).
"""

import subprocess
from pathlib import Path

import pytest

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1 import request_response_pb2 as h
from stackwright_react_frontend.handler import ReactFrontend
from stackwright_sdk.node import node_modules, tool

CONTRACTS = sorted(Path(__file__).with_name("contracts").glob("*.binpb"))


async def nothing(message: str, done: int, total: int) -> None:
    """Takes no note of progress."""


async def written(handler: ReactFrontend, contract: Contract, language: str, folder: Path) -> Path:
    wanted = h.Technology(name="react", language=language)
    request = h.GenerateRequest(request_id="r", contract=contract, technology=wanted)
    for file in (await handler.generate(request, nothing)).files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (folder / "frontend" / "node_modules").symlink_to(node_modules())
    return folder / "frontend"


def run(name: str, folder: Path, *arguments: str) -> None:
    done = subprocess.run([*tool(name), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda path: path.stem)
async def test_typescript(handler: ReactFrontend, contract: Path, tmp_path: Path) -> None:
    folder = await written(handler, Contract.FromString(contract.read_bytes()), "typescript", tmp_path)
    run("tsc", folder, "--noEmit")
    run("oxlint", folder, "src", "tests", "vite.config.ts")
    run("oxfmt", folder, "--check", ".")


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda path: path.stem)
async def test_javascript(handler: ReactFrontend, contract: Path, tmp_path: Path) -> None:
    folder = await written(handler, Contract.FromString(contract.read_bytes()), "javascript", tmp_path)
    run("oxlint", folder, "src", "tests", "vite.config.js")
    run("oxfmt", folder, "--check", ".")
    run("vite", folder, "build", "--logLevel", "warn")


@pytest.mark.slow
async def test_a_banner(handler: ReactFrontend, with_banner: Contract, tmp_path: Path) -> None:
    folder = await written(handler, with_banner, "typescript", tmp_path)
    run("tsc", folder, "--noEmit")
    run("oxlint", folder, "src", "tests", "vite.config.ts")
    run("oxfmt", folder, "--check", ".")
    assert (folder / "src/shared/banner/Banners.tsx").exists()
