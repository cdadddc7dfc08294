"""What was made of source files before, kept in the cache folder: Node takes half a second only to start."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from stackwright_sdk.node.toolchain import cache_folder, package

if TYPE_CHECKING:
    from stackwright_sdk.node.source import FormatOptions

_MOST = 64


@cache
def eraser() -> str:
    """The sha256 (hex) over what erases and formats: other versions give other bytes."""
    whole = hashlib.sha256(Path(__file__).with_name("source.mjs").read_bytes())
    for name in ("ts-blank-space", "oxfmt"):
        whole.update((package(name) / "package.json").read_bytes())
    return whole.hexdigest()


def place(method: str, files: Mapping[str, str], options: FormatOptions) -> Path:
    """Where the outcome of these very files is kept."""
    asked = json.dumps([eraser(), method, asdict(options), list(files.items())])
    return cache_folder() / "sources" / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"


def read(kept: Path) -> dict[str, str] | None:
    """What is kept in a place, or None."""
    try:
        found = json.loads(kept.read_bytes())
        os.utime(kept)
    except (OSError, ValueError):
        return None
    return {str(path): str(text) for path, text in found.items()}


def write(kept: Path, files: Mapping[str, str]) -> None:
    """Keep an outcome, and forget those that nobody asked for longest. A cache that cannot be written is none."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "w") as file:
            json.dump(files, file)
        Path(name).replace(kept)
        by_age = sorted(kept.parent.glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in by_age[_MOST:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
