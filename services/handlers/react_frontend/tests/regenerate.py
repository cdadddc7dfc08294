"""Writes what is emitted from the sample contract into the blueprint: `python tests/regenerate.py`.

`tests/regenerate.py --draft` first draws the sample contract up again, which needs the registry in the environment.
"""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit
from stackwright_sdk.node import SourceTools

HERE = Path(__file__).parent
BLUEPRINT = HERE.parent / "blueprint"


def sample() -> Contract:
    contract = Contract()
    contract.ParseFromString((HERE / "sample.binpb").read_bytes())
    return contract


def draft() -> None:
    features = ",".join(feature.key for feature in sample().features)
    command = [sys.executable, "-m", "stackwright_registry.draft", "--features", features]
    subprocess.run([*command, "--project", "Sample App", "--probe", "--out", HERE / "sample.binpb"], check=True)


async def regenerate() -> None:
    contract = sample()
    async with SourceTools() as tools:
        files = await tools.format(emit(Application(contract)).texts())
    for folder in {path.split("/")[3] for path in files if path.count("/") > 3} - {""}:
        for stale in BLUEPRINT.glob(f"src/features/*/{folder}"):
            shutil.rmtree(stale)
    for path, text in files.items():
        (BLUEPRINT / path).parent.mkdir(parents=True, exist_ok=True)
        (BLUEPRINT / path).write_text(text)


if __name__ == "__main__":
    if "--draft" in sys.argv:
        draft()
    asyncio.run(regenerate())
