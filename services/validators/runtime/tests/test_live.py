"""The client of the live channel says what came, what did not, and how it was closed."""

import json
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import ServerConnection, serve

from stackwright_runtime_validator.live import listening, opened
from stackwright_runtime_validator.scenarios.expectations import MismatchError


async def answer(connection: ServerConnection) -> None:
    hello = json.loads(await connection.recv())
    if hello["token"] != "good":
        await connection.close(4401)
        return
    await connection.send(json.dumps({"type": "ready", "position": hello["position"] or 7}))
    await connection.send(json.dumps({"type": "event", "position": 8, "name": "Message.created"}))
    await connection.send(json.dumps({"type": "signal", "name": "Room.typing"}))
    await connection.wait_closed()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serve(answer, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"http://127.0.0.1:{port}"


async def test_events_come_in_order_and_move_the_position(address: str) -> None:
    async with listening(address, "good") as channel:
        assert channel.position == 7
        assert (await channel.event("Room.typing"))["type"] == "signal"
        assert channel.position == 8
        await channel.silence(0.1)
        with pytest.raises(MismatchError, match="nothing came"):
            await channel.event("Message.created", within=0.1)


async def test_what_comes_unasked_breaks_the_silence(address: str) -> None:
    async with listening(address, "good", 3) as channel:
        assert channel.position == 3
        with pytest.raises(MismatchError, match=r"Message\.created"):
            await channel.silence()
        with pytest.raises(MismatchError, match="did not close"):
            await channel.closed(within=0.1)


async def test_a_refusal_has_its_code(address: str) -> None:
    async with opened(address) as channel:
        await channel.send({"type": "hello", "token": "bad", "position": None})
        assert await channel.closed() == 4401
