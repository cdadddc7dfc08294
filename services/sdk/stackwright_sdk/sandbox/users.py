"""A user id of its own for each sandbox, where this process may change users."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The range that systemd keeps for users made for the life of a service; nobody's files belong to them.
_FIRST, _LAST = 61184, 65519


@contextmanager
def own_uid() -> Iterator[int]:
    """An id that no other sandbox on this machine holds; 0 where this process is not root and must stay who it is."""
    if os.geteuid():
        yield 0
        return
    folder = Path(tempfile.gettempdir(), "stackwright-uids")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid:
        raise PermissionError(f"{folder} belongs to another user; remove it")
    for uid in range(_FIRST, _LAST):
        descriptor = os.open(folder / str(uid), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        try:
            yield uid
        finally:
            os.close(descriptor)
        return
    raise BlockingIOError("every user id for sandboxes is taken")


@contextmanager
def scratch_of(uid: int) -> Iterator[str]:
    """A new folder of this machine that belongs to a user (0: to this one), removed with what is in it."""
    folder = tempfile.mkdtemp(prefix="stackwright-")
    try:
        if uid:
            os.chown(folder, uid, uid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
