"""Ending tasks that would go on for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

_AGAIN_SECONDS = 1.0


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks that ask or tell something again and again, and wait until each has ended, however it ended.

    They are cancelled until they end: before Python 3.12 `asyncio.wait_for`, which the client of NATS waits with, loses
    a cancellation that comes in the same moment as what it waits for. A task that is cancelled once would then go on,
    and whoever waits for its end would wait for ever.
    """
    waiting = set(tasks)
    while waiting := {task for task in waiting if not task.done()}:
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting, timeout=_AGAIN_SECONDS)
