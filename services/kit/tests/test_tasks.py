"""Tasks that go on for ever end when they are told to, also when they miss it the first time."""

from __future__ import annotations

import asyncio

import pytest

from stackwright_kit.tasks import end


async def polls(answers: asyncio.Queue[int], missed: list[int], misses: int) -> None:
    while True:
        try:
            await answers.get()
        except asyncio.CancelledError:
            if len(missed) == misses:
                raise
            missed.append(1)


@pytest.mark.parametrize("misses", [0, 1, 2])
async def test_a_cancellation_that_was_lost_is_repeated(misses: int) -> None:
    missed: list[int] = []
    tasks = [asyncio.create_task(polls(asyncio.Queue(), missed, misses))]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await end(tasks)
    assert tasks[0].cancelled()
    assert len(missed) == misses


async def test_what_ended_by_itself_is_no_matter() -> None:
    async def fails() -> None:
        raise ValueError

    failed = asyncio.create_task(fails())
    await asyncio.wait([failed])
    await end([failed])
    assert isinstance(failed.exception(), ValueError)
