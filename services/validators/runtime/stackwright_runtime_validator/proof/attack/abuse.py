"""Callers who send too much, too slowly or too often, and what time tells them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import time
from functools import partial
from urllib.parse import urlsplit

from stackwright_runtime_validator.proof.attack.probe import (
    HIGH,
    MEDIUM,
    Tries,
    always_slow,
    call,
    credentials,
    makers,
    probe,
    sent,
    somebody,
)
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply, Wire
from stackwright_runtime_validator.scenarios.client import NoAnswerError
from stackwright_runtime_validator.scenarios.values import Json

_LOGINS = 40
_HANGING_SECONDS = 0.5
_SLOW_SECONDS = 2.0


@probe("rate-login", HIGH, "guessing a password is stopped, whatever address is claimed")
async def _rate(target: Target, tries: Tries) -> None:
    if "login" not in target.operations:
        return
    person = await somebody(target)
    path = target.operations.route("login").path
    async with Wire(target.strict_url or target.wire.base_url) as wire:
        statuses = []
        for number in range(_LOGINS):
            values: dict[str, Json] = {"email": person.email, "password": f"Wrong-guess-{number:04}"}
            with contextlib.suppress(NoAnswerError):
                headers = {"X-Forwarded-For": f"203.0.113.{number}"}
                statuses.append((await wire.send("POST", path, values, headers=headers)).status)
    tries.repelled(429 in statuses, f"{_LOGINS} wrong passwords in a row were all looked at")


@probe("body-oversized", MEDIUM, "a body of 20 MB is refused, and the application goes on")
async def _oversized(target: Target, tries: Tries) -> None:
    content = b'{"name": "' + b"x" * 20_000_000 + b'"}'
    for path in {endpoint.path for endpoint in makers(target)[:1]} | {target.operations.route("register").path}:
        reply = await sent(target, "POST", path, content=content, by=target.holder)
        tries.repelled(
            reply is None or 400 <= reply.status < 500, f"POST {path} with 20 MB: {reply.status if reply else ''}"
        )
    await _alive(target, tries, "after 20 MB")


@probe("body-nested", MEDIUM, "a body nested 100,000 deep is refused, and the application goes on")
async def _nested(target: Target, tries: Tries) -> None:
    for opened, closed in ((b"[", b"]"), (b'{"a":', b"}")):
        content = b'{"name": ' + opened * 100_000 + b"1" + closed * 100_000 + b"}"
        for path in {endpoint.path for endpoint in makers(target)[:1]} | {target.operations.route("register").path}:
            reply = await sent(target, "POST", path, content=content, by=target.holder)
            tries.repelled(reply is None or 400 <= reply.status < 500, f"POST {path}: {reply.status if reply else ''}")
    await _alive(target, tries, "after deep nesting")


@probe("body-slow", MEDIUM, "forty callers who never end their requests hold nobody up")
async def _slow(target: Target, tries: Tries) -> None:
    parts = urlsplit(target.wire.base_url)
    writers = []
    for number in range(40):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port)
            head = "POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n"
            writer.write((head + ("\r\n{" if number % 2 else "")).encode())
            writers.append(writer)
    await asyncio.sleep(_HANGING_SECONDS)
    await _alive(target, tries, "while forty requests hang")
    for writer in writers:
        writer.close()


async def _alive(target: Target, tries: Tries, when: str) -> None:
    # Another process may hold the processor: one of three answers is enough.
    taken = []
    for _ in range(3):
        started = time.monotonic()
        reply = await sent(target, "GET", "/api/live")
        taken.append(time.monotonic() - started if reply is not None and reply.status == 200 else 60.0)
    tries.repelled(min(taken) < 1.0, f"/api/live takes {min(taken):.1f} s {when}")


@probe("slow-pattern", MEDIUM, "no text makes its check take seconds")
async def _pattern(target: Target, tries: Tries) -> None:
    texts = ("a" * 30_000 + "!", "a@" * 15_000, "." * 30_000, "x@" + "a." * 15_000, " " * 30_000 + "x")
    for text in texts:
        asked = partial(call, target, "login", {"email": text, "password": "x"})
        reply = await asked()
        slow = reply is not None and reply.seconds >= _SLOW_SECONDS and await always_slow(asked, _SLOW_SECONDS)
        tries.repelled(not slow, f"an address of {text[:3]}… takes seconds")


@probe("user-enumeration", HIGH, "an unknown address and a wrong password get the same answer in about the same time")
async def _enumeration(target: Target, tries: Tries) -> None:
    person = await somebody(target)
    known: list[Reply] = []
    unknown: list[Reply] = []
    for number in range(9):
        wrong: dict[str, Json] = {**credentials(person), "password": f"Wrong-guess-{number:04}"}
        for email, found in ((person.email, known), (f"nobody{number}@example.org", unknown)):
            reply = await call(target, "login", {**wrong, "email": email})
            if reply is not None:
                found.append(reply)
    if not known or not unknown:
        return
    tries.repelled(_told(known[0]) == _told(unknown[0]), f"{known[0].summary()}, but {unknown[0].summary()}")
    first, second = (statistics.median(reply.seconds for reply in replies) for replies in (known, unknown))
    close = abs(first - second) < 0.02 or 0.5 < first / max(second, 1e-6) < 2
    tries.repelled(close, f"{first * 1000:.0f} ms for a known address, {second * 1000:.0f} ms for an unknown one")


def _told(reply: Reply) -> str:
    body = reply.body
    error = body.get("error") if isinstance(body, dict) else None
    rest = (
        {key: value for key, value in error.items() if key != "correlation"} if isinstance(error, dict) else reply.text
    )
    return f"{reply.status} {json.dumps(rest, sort_keys=True)}"
