"""Folders of proofs in the temporary folder: held by a lock while a proof lasts, and swept when nobody holds them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "stackwright-proof-"
_LEAST_AGE_SECONDS = 900.0
"""A younger folder may have been made a moment ago and not be locked yet."""


@contextlib.contextmanager
def proof_folder() -> Iterator[Path]:
    """Make a folder that another user may read, and remove it at the end.

    The kernel gives up its lock when this process ends, however it ends, so that a later `sweep` can tell.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    folder.chmod(0o755)
    with _opened(folder) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep() -> list[Path]:
    """Remove what killed validators of this user left behind, and say what."""
    swept = []
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if found.st_uid != os.getuid() or time.time() - found.st_mtime < _LEAST_AGE_SECONDS:
                continue
            with _opened(folder) as descriptor:
                # Refused while somebody holds it.
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                swept.append(folder)
    return swept


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
