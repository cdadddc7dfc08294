"""Write what of the blueprint is emitted, and its lock file, again.

Run as `python services/handlers/node_backend/tests/regenerate.py`. The contract is that of the seven features and the
sample, and lies with the handler of PostgreSQL: `blueprint/database` is a link to what that handler makes of it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_kit.openapi import openapi_bytes
from stackwright_node_backend.application import Application
from stackwright_node_backend.emitter import EmittedFile, Emitter
from stackwright_node_backend.handler import blueprint_folder
from stackwright_sdk.handler.lockfile import cut
from stackwright_sdk.node import toolchain_root

BACKEND = blueprint_folder() / "backend"
CONTRACT = Path(__file__).resolve().parents[2] / "postgresql_database" / "tests" / "contracts" / "seven_features.binpb"
OPENAPI = BACKEND / "src/features/api_documentation/openapi.json"
# What people write by hand among what is emitted.
_WRITTEN = ("src/features/authentication/auth", "src/features/api_documentation/openapi")


def sample_contract() -> Contract:
    """Give the contract of the blueprint."""
    return Contract.FromString(CONTRACT.read_bytes())


def emitted() -> list[EmittedFile]:
    """Give what the emitter prints for it."""
    return Emitter().emit(Application(sample_contract()))


def emitted_on_disk() -> set[str]:
    """Paths of the emitted files that lie in the blueprint."""
    written = {path for folder in _WRITTEN for path in (BACKEND / folder).rglob("*.ts")}
    found = {path for path in (BACKEND / "src/features").rglob("*.ts") if path not in written}
    found |= {BACKEND / "src/features/authentication/auth/names.ts", BACKEND / "tests/support/factories.ts"}
    return {path.relative_to(BACKEND).as_posix() for path in found}


def openapi() -> str:
    """Give the OpenAPI document of the blueprint."""
    return openapi_bytes(sample_contract()).decode()


def lock() -> str:
    """Give the lock file of the blueprint, cut from the toolchain's."""
    package = json.loads((BACKEND / "package.json").read_text())
    whole = json.loads((toolchain_root() / "package-lock.json").read_text())
    made = cut(
        whole,
        name=package["name"],
        version=package["version"],
        dependencies=package["dependencies"],
        dev=package["devDependencies"],
        optional=package["optionalDependencies"],
        engines=package["engines"],
    )
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write everything."""
    for path in emitted_on_disk():
        (BACKEND / path).unlink(missing_ok=True)
    for folder in sorted((path for path in (BACKEND / "src/features").rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)
    for file in emitted():
        target = BACKEND / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text)
    (BACKEND / "package-lock.json").write_text(lock())
    OPENAPI.write_text(openapi())


if __name__ == "__main__":
    main()
