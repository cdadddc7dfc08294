"""The JavaScript twin of a TypeScript blueprint: types erased once, and kept.

Erasing and formatting a blueprint takes Node a second; generation must not. The twin is kept in the cache folder under
the digest of the blueprint and of the eraser, and is made when the service is built or first asked for JavaScript.
"""

import asyncio
import json
import os
import tempfile
from pathlib import Path

from stackwright_sdk.handler.blueprint import Blueprint, BlueprintFile
from stackwright_sdk.node import FormatOptions, SourceTools, cache_folder
from stackwright_sdk.node.kept import eraser

TYPED = (".ts", ".tsx")


async def javascript_twin(blueprint: Blueprint, tools: SourceTools, options: FormatOptions | None = None) -> Blueprint:
    """Give `blueprint` with its TypeScript turned into JavaScript: other endings, same selection rules.

    `.d.ts` files have no twin and are left out. Raises `stackwright_sdk.node.SourceError` for what cannot be erased.
    """
    kept = cache_folder() / "javascript" / f"{blueprint.digest[:32]}-{eraser()[:16]}.json"
    if not kept.exists():
        typed = {
            path: file.content.decode()
            for path, file in blueprint.files.items()
            if path.endswith(TYPED) and not path.endswith(".d.ts")
        }
        await asyncio.to_thread(_write, kept, await tools.to_javascript(typed, options))
    javascript: dict[str, str] = json.loads(await asyncio.to_thread(kept.read_text))
    others = [file for path, file in blueprint.files.items() if not path.endswith(TYPED)]
    return blueprint.replaced([*others, *(BlueprintFile(path, text.encode()) for path, text in javascript.items())])


def _write(path: Path, files: dict[str, str]) -> None:
    """Write as a whole or not at all: several services may do this at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        json.dump(files, file)
    Path(name).replace(path)
