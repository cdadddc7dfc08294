"""The live channel: who is let in, what is said on it, and what others hear. Nothing to try where there is none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from stackwright_runtime_validator.proof.attack.probe import CRITICAL, HIGH, MEDIUM, Tries, goes_on, makers, probe, sent
from stackwright_runtime_validator.proof.surface import Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.tokens import claims_of, signed
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.values import Json

_PATH = "/api/stream"
_HELLO_SECONDS = 8.0
"""The server waits five for the first message."""
_CLOSE_SECONDS = 3.0
"""Less than what a silent socket is given, so that the two are told apart."""
_HEAR_SECONDS = 2.0
_CUT_OFF = (ConnectionClosed, OSError, AttributeError)
"""What writing to a socket raises that the server just ended; asyncio's transport has lost its loop by then."""
_FLOOD = 3000
_HUGE = 4 << 20
_NOT_UNDERSTOOD: tuple[str | bytes, ...] = (
    "{", "null", "[]", "7", '"hello"', '{"type":"hello"}', '{"type":"subscribe","token":"x"}', b"\x00\x01binary",
    '{"type":"hello","token":{"$ne":null}}', '{"type":"hello","token":"x","position":-1}', "[" * 8000,
    '{"type":"hello","token":"x","position":1e400}', '{"__proto__":{"type":"hello","token":"x"}}',
)  # fmt: skip


@asynccontextmanager
async def _opened(target: Target, origin: str = "") -> AsyncIterator[ClientConnection | None]:
    """A socket that has said nothing; None when the server opens none."""
    address = target.wire.base_url.replace("http", "ws", 1) + _PATH
    told = {"Origin": origin} if origin else {}
    try:
        socket = await connect(
            address, additional_headers=told, open_timeout=5, close_timeout=1, max_size=_HUGE, proxy=None
        )
    except (InvalidHandshake, OSError, TimeoutError, EOFError):
        yield None
        return
    try:
        yield socket
    finally:
        with suppress(*_CUT_OFF):
            await socket.close()


def _hello(token: str) -> str:
    return json.dumps({"type": "hello", "token": token, "position": None})


async def _said(socket: ClientConnection, seconds: float) -> dict[str, Json] | None:
    """The next message; None when the server closed, or said nothing within these seconds."""
    try:
        async with asyncio.timeout(seconds):
            message = json.loads(await socket.recv())
    except (ConnectionClosed, TimeoutError, ValueError):
        return None
    return message if isinstance(message, dict) else None


async def _closed(socket: ClientConnection, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            while True:
                await socket.recv()
    except TimeoutError:
        return False
    except ConnectionClosed:
        return True


@asynccontextmanager
async def _ready(target: Target, person: Person) -> AsyncIterator[ClientConnection | None]:
    """The socket of somebody signed in; None where there is no live channel."""
    async with _opened(target) as socket:
        if socket is None:
            yield None
            return
        await socket.send(_hello(person.access_token))
        message = await _said(socket, _CLOSE_SECONDS)
        yield socket if message and message.get("type") == "ready" else None


@probe("socket-silent", MEDIUM, "a socket on which nobody says who they are is closed")
async def _silent(target: Target, tries: Tries) -> None:
    async with _opened(target) as socket:
        if socket is not None:
            tries.repelled(await _closed(socket, _HELLO_SECONDS), "a silent socket stays open")


@probe("socket-token", CRITICAL, "a socket hears nothing with a token that was forged, changed or has ended")
async def _tokens(target: Target, tries: Tries) -> None:
    claims = claims_of(target.ann.access_token)
    past: dict[str, Json] = {**claims, "exp": 1_000_000_000}
    tokens = {
        "no token": "",
        "nonsense": "a.b.c",
        "a token of another secret": signed(claims, "secret"),
        "an unsigned token": signed(claims, "", algorithm="none"),
        "a token of the past": signed(past, target.secret),
        "a refresh token": target.ann.refresh_token,
    }
    for what, token in tokens.items():
        async with _opened(target) as socket:
            if socket is None:
                return
            await socket.send(_hello(token))
            message = await _said(socket, _CLOSE_SECONDS)
            tries.repelled(message is None or message.get("type") == "error", f"{what} is let in: {message}")


@probe("socket-message", HIGH, "a message that is not understood closes its socket, and nothing else")
async def _messages(target: Target, tries: Tries) -> None:
    for text in _NOT_UNDERSTOOD:
        async with _opened(target) as socket:
            if socket is None:
                return
            with suppress(*_CUT_OFF):
                await socket.send(text)
            tries.repelled(await _closed(socket, _CLOSE_SECONDS), f"the socket stays open after {text[:40]!r}")
        await goes_on(target, tries, f"{text[:40]!r}")


@probe("socket-oversized", MEDIUM, "a message of 4 MB closes its socket, and the application goes on")
async def _oversized(target: Target, tries: Tries) -> None:
    async with _opened(target) as socket:
        if socket is None:
            return
        try:
            await socket.send(_hello("x" * _HUGE))
            closed = await _closed(socket, _CLOSE_SECONDS)
        except _CUT_OFF:
            closed = True
        # Closed for its size and not for its token: a small one with the same mistake tells the difference.
        tries.repelled(closed and socket.close_code != 4401, f"4 MB were read (closed with {socket.close_code})")
    await goes_on(target, tries, "a message of 4 MB")


@probe("socket-flood", MEDIUM, "a socket that says too much is closed")
async def _flood(target: Target, tries: Tries) -> None:
    async with _ready(target, target.ann) as socket:
        if socket is None:
            return
        message = json.dumps({"type": "token", "token": target.ann.access_token})
        try:
            for _ in range(_FLOOD):
                await socket.send(message)
            closed = await _closed(socket, _CLOSE_SECONDS)
        except _CUT_OFF:
            closed = True
        tries.repelled(closed, f"{_FLOOD} messages at once were listened to")
    await goes_on(target, tries, "a flood")


@probe("socket-origin", HIGH, "a page of a foreign site opens no socket")
async def _origin(target: Target, tries: Tries) -> None:
    async with _opened(target) as socket:
        if socket is None:
            return
    for origin in ("https://evil.example", "null", f"{target.wire.base_url}.evil.example"):
        async with _opened(target, origin) as socket:
            tries.repelled(socket is None, f"a page of {origin} opens one")


@probe("socket-row-of-another", CRITICAL, "nobody hears of rows that they may not read")
async def _rows(target: Target, tries: Tries) -> None:
    async with _ready(target, target.ann) as ann, _ready(target, target.bob) as bob:
        if ann is None or bob is None:
            return
        made: dict[str, Endpoint] = {}
        for maker in makers(target):
            reply = await target.made(maker, target.bob)
            if reply is not None and isinstance(reply.body, dict):
                made[str(reply.body.get("id"))] = maker
        heard_by_bob, heard_by_ann = await asyncio.gather(_heard(bob), _heard(ann))
        for row in heard_by_bob & made.keys():
            maker = made[row]
            reply = await sent(target, "GET", f"{maker.path}/{row}", by=target.ann)
            readable = reply is not None and reply.status == 200
            tries.repelled(readable or row not in heard_by_ann, f"{maker.path}/{row} is heard by who may not read it")


async def _heard(socket: ClientConnection) -> set[str]:
    found: set[str] = set()
    while (message := await _said(socket, _HEAR_SECONDS)) is not None:
        if message.get("type") == "event":
            found.add(str(message.get("id")))
    return found
