"""Finds what is to be opened: a folder, or the archive of a run."""

import argparse
import re
from pathlib import Path

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.generation.v1.request_response_pb2 import DownloadArtifactRequest
from stackwright_gateway.answers import ApiError, Detail
from stackwright_local.backend import reach
from stackwright_local.projects import GeneratedProject, project_of, read_project
from stackwright_local.suite import Parts
from stackwright_orchestrator.archive import files_of_zip

_RUN_ID = re.compile(r"[0-9a-f]{11}-[0-9a-f]{10}")


def bad_target(reason: str) -> ApiError:
    """Give the refusal of what was asked to be opened."""
    return ApiError(400, "invalid_argument", f"RUN|DIR: {reason}.", [Detail("RUN|DIR", reason)])


async def find_project(words: argparse.Namespace) -> GeneratedProject:
    """Read the project of `words.target`: a folder as it lies, else a run, as it was delivered.

    Raises ApiError that names RUN|DIR when it is neither, or no generated application that can be started.
    """
    target: str = words.target
    if Path(target).is_dir():
        project = read_project(Path(target), field="RUN|DIR")
    elif _RUN_ID.fullmatch(target):
        project = project_of(await _archive(words, target), f"run {target}", field="RUN|DIR")
    else:
        raise bad_target(f"{target} is neither a folder nor the id of a run (`stackwright runs list` shows them)")
    names = {file.path for file in project.files}
    for half in ("backend", "frontend"):
        if f"{half}/package.json" not in names:
            raise bad_target(f"{target} has no {half}/package.json; only Node.js with React can be opened")
    return project


async def _archive(words: argparse.Namespace, run_id: str) -> list[SourceFile]:
    async with reach(words, Parts.ORCHESTRATOR) as clients:
        request = DownloadArtifactRequest(run_id=run_id)
        return files_of_zip(b"".join([part.chunk async for part in clients.generation.DownloadArtifact(request)]))
