"""Text that becomes code somewhere: in SQL, on a page, in an object, in a header, in a log."""

from __future__ import annotations

import json
import re
from functools import partial
from urllib.parse import quote

from stackwright_runtime_validator.proof.attack.access import endpoints_with_text
from stackwright_runtime_validator.proof.attack.probe import (
    CRITICAL,
    HIGH,
    MEDIUM,
    Ask,
    Tries,
    always_slow,
    call,
    doors,
    makers,
    probe,
    sent,
    somebody,
)
from stackwright_runtime_validator.proof.surface import Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.values import Json

SLEEP_SECONDS = 3.0
_SQL = (
    "'",
    "')",
    "\\",
    "zzqq' OR '1'='1",
    "zzqq%' OR 1=1 --",
    "zzqq') OR ('1'='1",
    f"1'; SELECT pg_sleep({SLEEP_SECONDS:g}) --",
    f"'||(SELECT pg_sleep({SLEEP_SECONDS:g}))||'",
)
_SQL_ERROR = re.compile(
    r"syntax error at or near|unterminated quoted|SequelizeDatabaseError|pg_catalog|SQLSTATE|ORA-\d{5}", re.I
)
_SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@probe("sql-injection", CRITICAL, "SQL in any parameter is a value: no failure, no delay, no further rows")
async def _sql(target: Target, tries: Tries) -> None:
    for endpoint in target.surface.endpoints:
        if endpoint.method == "GET":
            await _sql_queries(target, tries, endpoint)
        if endpoint.has_row:
            for text in _SQL:
                asked = partial(target.ask, endpoint, target.holder, row=text)
                await _sql_verdict(tries, asked, f"{endpoint} with id {text}")
    for endpoint, name in endpoints_with_text(target):
        for text in _SQL:
            made = target.values().valid(endpoint.body or {}, optional=False)
            body: dict[str, Json] = {**(made if isinstance(made, dict) else {}), name: text}
            asked = partial(target.ask, endpoint, target.holder, body)
            await _sql_verdict(tries, asked, f"{endpoint} with {name} {text}")
    for text in _SQL:
        asked = partial(call, target, "login", {"email": text, "password": text})
        reply = await _sql_verdict(tries, asked, f"login with {text}")
        tries.repelled(reply is None or reply.status >= 400, f"login with {text} lets in")


async def _sql_queries(target: Target, tries: Tries, endpoint: Endpoint) -> None:
    names = [parameter.name for parameter in endpoint.parameters if parameter.place == "query"]
    plain = [name for name in names if "[" not in name]
    for name in [*plain, *[name for name in names if "contains" in name][:2]]:
        for text in _SQL:
            path = f"{endpoint.target()}?{quote(name)}={quote(text)}"
            asked = partial(sent, target, "GET", path, by=target.holder)
            reply = await _sql_verdict(tries, asked, f"{endpoint} with {name} {text}")
            rows = reply.body.get("items") if reply is not None and isinstance(reply.body, dict) else None
            if name == "search" and text.startswith("zzqq"):
                tries.repelled(not rows, f"{endpoint}: search {text} finds rows")


async def _sql_verdict(tries: Tries, ask: Ask, what: str) -> Reply | None:
    reply = await ask()
    if reply is not None:
        broke = reply.status >= 500 or bool(_SQL_ERROR.search(reply.text))
        slept = reply.seconds >= SLEEP_SECONDS and await always_slow(ask, SLEEP_SECONDS)
        tries.repelled(not broke and not slept, f"{what}: {reply.summary()}, {reply.seconds:.1f} s")
    return reply


@probe("stored-script", HIGH, "markup that is stored comes back as JSON only, with `nosniff`")
async def _script(target: Target, tries: Tries) -> None:
    for endpoint, name in endpoints_with_text(target):
        made = target.values().valid(endpoint.body or {}, optional=False)
        reply = await target.ask(endpoint, target.holder, {**(made if isinstance(made, dict) else {}), name: _SCRIPT})
        if reply is None or reply.status >= 300 or not isinstance(reply.body, dict):
            continue
        again = await sent(target, "GET", f"{endpoint.path}/{reply.body.get('id')}", by=target.holder)
        for each in (reply, again):
            if each is not None and each.status < 300:
                safe = "json" in each.kind and each.headers.get("x-content-type-options", "").lower() == "nosniff"
                tries.repelled(safe, f"{endpoint} gives `{name}` back as {each.kind or 'nothing'}, or without nosniff")


@probe("reflected-script", HIGH, "markup in an address does not come back as a page")
async def _reflected(target: Target, tries: Tries) -> None:
    marked = quote("<script>alert(1)</script>")
    for path in (
        f"/api/{marked}",
        f"/{marked}",
        f"/api/live?x={marked}",
        *(f"{d.path}?search={marked}" for d in doors(target)),
    ):
        reply = await sent(target, "GET", path, by=target.holder, headers={"Accept": "text/html"})
        if reply is not None:
            tries.repelled("html" not in reply.kind or "<script>alert" not in reply.text, f"{path}: {reply.summary()}")


@probe("object-injection", HIGH, "objects in place of texts, and keys of the prototype, are refused and change nothing")
async def _objects(target: Target, tries: Tries) -> None:
    for value in ({"$ne": None}, {"$gt": ""}, {"contains": ""}, ["a", "b"]):
        told: Json = dict(value) if isinstance(value, dict) else list(value)
        reply = await call(target, "login", {"email": told, "password": told})
        if reply is not None:
            tries.repelled(400 <= reply.status < 500, f"login with {json.dumps(told)}: {reply.summary()}")
    person = await somebody(target)
    for content in (b'{"__proto__": {"polluted": true}}', b'{"constructor": {"prototype": {"polluted": true}}}'):
        for endpoint in makers(target)[:3]:
            await sent(target, "POST", endpoint.path, content=content, by=target.holder)
    await sent(target, "GET", "/api/live?__proto__[polluted]=true&constructor[prototype][polluted]=true")
    after = await call(target, "me", {}, token=person.access_token)
    tries.repelled(after is None or '"polluted"' not in after.text, "the prototype of every object was changed")


@probe("header-injection", HIGH, "line ends in what is sent do not become headers of the answer")
async def _headers(target: Target, tries: Tries) -> None:
    bad = "x%0d%0aX-Injected:%20yes"
    paths = (
        f"/{bad}",
        f"/api/{bad}",
        f"/api/live?next={bad}",
        *(f"{door.path}?search={bad}" for door in doors(target)),
    )
    for path in paths:
        reply = await sent(target, "GET", path, by=target.holder)
        tries.repelled(reply is None or "x-injected" not in reply.headers, f"{path} sets a header")
    reply = await sent(target, "GET", "/api/live", headers={"X-Correlation-Id": "<script>alert(1)</script>"})
    tries.repelled(reply is None or "<script>" not in str(reply.headers), "a correlation id is repeated unread")


@probe("log-injection", MEDIUM, "what is sent cannot write a line of its own into the log")
async def _log(target: Target, tries: Tries) -> None:
    forged = quote('\n{"level":"fatal","message":"forged-line"}\n')
    for path in (f"/api/live?x={forged}", f"/api/{forged}", f"/{forged}"):
        await sent(target, "GET", path, headers={"User-Agent": "x\u2028forged-line"})
    lines = [line for line in target.controls.log_text().splitlines() if line.startswith('{"level":"fatal"')]
    tries.repelled(not lines, "a line of the log was written by a caller")


@probe("secret-in-log", HIGH, "passwords and tokens are never logged")
async def _secrets(target: Target, tries: Tries) -> None:
    person = await somebody(target)
    await call(target, "login", {"email": person.email, "password": f"wrong-{person.password}"})
    await call(target, "me", {}, token=person.access_token)
    log = target.controls.log_text()
    for what, secret in (
        ("password", person.password),
        ("token", person.access_token),
        ("refresh", person.refresh_token),
    ):
        tries.repelled(secret not in log, f"the {what} of a person stands in the log")
