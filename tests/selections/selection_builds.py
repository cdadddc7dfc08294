"""Type checks and builds of generated halves, each different one once: what passed is remembered by its content."""

import asyncio
import hashlib
import tempfile
from pathlib import Path
from typing import Literal

from stackwright.code.v1.finding_pb2 import Finding
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_javascript_validator.halves import HALVES, halves_of
from stackwright_javascript_validator.slot import Slot
from stackwright_javascript_validator.types import TypeChecker
from stackwright_sdk.node import node_modules, tool, toolchain_root
from stackwright_sdk.validation import Project, Report, ValidationJob, Validator
from stackwright_sdk.validation.testing import validate

# Below the folder that `make clean` removes.
REMEMBERED = Path(__file__).resolve().parents[2] / ".setup" / "selections"
_BUILD_SECONDS = 120
Half = Literal["backend", "frontend"]


class Remembered:
    """Digests of what passed, each an empty file, so that a second run tries only what is new."""

    def __init__(self, kind: str, folder: Path = REMEMBERED) -> None:
        self._folder = folder / kind
        self._folder.mkdir(parents=True, exist_ok=True)
        # Another TypeScript or Vite may think otherwise.
        self._tools = (toolchain_root() / "package-lock.json").read_bytes()

    def place(self, *contents: bytes) -> Path:
        """Where it is noted that something with these contents passed."""
        digest = hashlib.sha256(self._tools)
        for content in contents:
            digest.update(hashlib.sha256(content).digest())
        return self._folder / digest.hexdigest()


def half_of(project: Project, half: Half) -> Project:
    """The files of one half."""
    return Project.of(project.matching(under=half))


class Types(Validator):
    """The validator's TypeScript, kept warm."""

    def __init__(self) -> None:
        self._slot = Slot()
        self._types = TypeChecker(self._slot.folder)
        self._passed = Remembered("types")

    def describe(self) -> ValidatorDescription:
        return ValidatorDescription(name="selections")

    async def close(self) -> None:
        await self._types.close()
        self._slot.close()

    async def validate(self, job: ValidationJob, report: Report) -> None:
        async with self._slot.holding(job.delivered) as changes:
            await self._types.check(report, job.delivered, halves_of(job.delivered), changes)

    async def problems(self, project: Project) -> list[str]:
        """Errors of types in halves that were not checked before."""
        places = {half: self._passed.place(half_of(project, half).digest().encode()) for half in HALVES}
        new = [half for half, place in places.items() if not place.exists()]
        if not new:
            return []
        files = Project.of(file for half in new for file in project.matching(under=half))
        said = await validate(self, files)
        if any(said.states.get(f"types.{half}") == "UNVERIFIED" for half in new):
            # A compiler that starts on a busy machine may be late; once it is warm it is quicker.
            said = await validate(self, files)
        for half in new:
            if said.states.get(f"types.{half}") == "PASSED":
                places[half].touch()
        wrong = [_line(item) for item in said.findings]
        unchecked = [f"types.{half}: {said.states.get(f'types.{half}')}" for half in new if not places[half].exists()]
        return wrong or unchecked


def _line(finding: Finding) -> str:
    # What follows the first line of a type error is long, and says the same again.
    return f"{finding.path}:{finding.range.start_line}: {finding.rule} {finding.message.partition(chr(10))[0][:300]}"


class Builds:
    """Vite, as `npm run build` runs it once types are checked."""

    def __init__(self) -> None:
        self._passed = Remembered("builds")

    async def problems(self, project: Project) -> list[str]:
        """What Vite says of a front end that it cannot build, or would warn of."""
        front = Project.of(file for file in project.matching(under="frontend") if not _beside(file.path))
        place = self._passed.place(front.digest().encode())
        if place.exists():
            return []
        with tempfile.TemporaryDirectory(prefix="stackwright-build-") as made:
            folder = Path(made)
            front.write_to(folder, under="frontend")
            (folder / "node_modules").symlink_to(node_modules())
            process = await asyncio.create_subprocess_exec(
                *tool("vite"), "build", "--logLevel", "warn",
                cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            )  # fmt: skip
            try:
                async with asyncio.timeout(_BUILD_SECONDS):
                    output, _ = await process.communicate()
            finally:
                if process.returncode is None:
                    process.kill()
            page = folder / "dist" / "index.html"
            if process.returncode or output.strip() or not page.is_file():
                return [f"vite build: {output.decode(errors='replace').strip()[:2000] or 'made no page'}"]
        place.touch()
        return []


def _beside(path: str) -> bool:
    """What a build does not read."""
    return path.startswith("frontend/tests/") or path.endswith((".md", "Dockerfile"))
