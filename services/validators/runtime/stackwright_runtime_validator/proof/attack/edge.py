"""The edge of the application: headers, other origins, files, redirects, and what errors tell."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from stackwright_runtime_validator.proof.attack.probe import (
    CRITICAL,
    HIGH,
    MEDIUM,
    Tries,
    doors,
    makers,
    probe,
    sent,
)
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply

_FOREIGN = "https://evil.example"
_FILES = (
    "/..%2f..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/../../../../etc/passwd", "/.env",
    "/api/openapi/..%2f..%2f..%2fpackage.json", "/docs/..%2fpackage.json", "/docs/%2e%2e%2fpackage.json",
    "/.data/secret", "/api/.env", "/package.json",
    "/src/main.js", "/src/main.ts", "/.git/config", "/node_modules/express/package.json",
    "/static/..%5c..%5cpackage.json", "/public/..%2f.env", "/assets/..%2f..%2fpackage.json",
)  # fmt: skip
_LEAK = re.compile(
    r"\bat [\w.<>\[\] ]+\(?[^\s()]*:\d+:\d+|node_modules|Sequelize\w*Error|syntax error at or near|ECONNREFUSED"
    r"|/src/[\w/-]+\.[jt]s",
)


async def _usual(target: Target) -> list[Reply]:
    """A success, an answer for a caller, an unknown address and an error."""
    asked = [
        sent(target, "GET", "/api/live"),
        sent(target, "GET", "/api/no-such-address"),
        sent(target, "POST", "/api/live"),
    ]
    asked += [sent(target, "GET", door.path, by=target.holder) for door in doors(target)[:2]]
    return [reply for reply in await asyncio.gather(*asked) if reply is not None]


@probe("header-sniffing", MEDIUM, "every answer says `X-Content-Type-Options: nosniff`")
async def _sniffing(target: Target, tries: Tries) -> None:
    for reply in await _usual(target):
        tries.repelled(reply.headers.get("x-content-type-options") == "nosniff", f"no nosniff: {reply.summary()}")


@probe("header-framing", MEDIUM, "no answer may be framed by another site")
async def _framing(target: Target, tries: Tries) -> None:
    for reply in await _usual(target):
        policy = reply.headers.get("content-security-policy", "")
        safe = "frame-ancestors" in policy or reply.headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN")
        tries.repelled(safe, f"may be framed: {reply.summary()}")


@probe("header-fingerprint", MEDIUM, "no answer names the software that made it")
async def _fingerprint(target: Target, tries: Tries) -> None:
    for reply in await _usual(target):
        named = reply.headers.get("x-powered-by", "") or re.search(r"\d", reply.headers.get("server", ""))
        tries.repelled(not named, f"names its software: {reply.summary()}")


@probe("header-transport", MEDIUM, "in production every answer asks for HTTPS from now on")
async def _transport(target: Target, tries: Tries) -> None:
    for reply in await _usual(target):
        tries.repelled("strict-transport-security" in reply.headers, f"no HSTS: {reply.summary()}")


@probe("header-cache", MEDIUM, "what a caller may read is not kept by what stands between")
async def _cache(target: Target, tries: Tries) -> None:
    for door in doors(target)[:4]:
        reply = await sent(target, "GET", door.path, by=target.holder)
        if reply is not None:
            told = reply.headers.get("cache-control", "")
            tries.repelled("no-store" in told or "private" in told, f"{door} may be cached")


@probe("cors", HIGH, "a foreign origin is not let in, with or without a preflight")
async def _cors(target: Target, tries: Tries) -> None:
    for origin in (_FOREIGN, "null", f"{target.wire.base_url}.evil.example"):
        for method in ("OPTIONS", "GET"):
            headers = {"Origin": origin, "Access-Control-Request-Method": "DELETE"}
            for path in ("/api/live", *(door.path for door in doors(target)[:1])):
                reply = await sent(target, method, path, headers=headers)
                allowed = reply.headers.get("access-control-allow-origin", "") if reply is not None else ""
                tries.repelled(allowed not in (origin, "*"), f"{method} {path} lets {origin} in")


@probe("path-traversal", CRITICAL, "no file of the server is given out")
async def _files(target: Target, tries: Tries) -> None:
    for path in _FILES:
        reply = await sent(target, "GET", path)
        found = (
            reply is not None
            and reply.status < 300
            and bool(re.search(r"root:|\"name\"|SECRET|\[core\]|import ", reply.text))
        )
        tries.repelled(not found, f"{path} is given out")


@probe("open-redirect", MEDIUM, "no address leads to another site")
async def _redirect(target: Target, tries: Tries) -> None:
    paths = (
        "//evil.example",
        "/%5cevil.example",
        "//evil.example/%2e%2e",
        "/api//evil.example/",
        "/login?next=https://evil.example",
    )
    for path in (*paths, "/api/live?redirect=https://evil.example&url=https://evil.example"):
        reply = await sent(target, "GET", path)
        host = urlsplit(reply.headers.get("location", "")).netloc if reply is not None else ""
        tries.repelled("evil" not in host, f"{path} leads to {host}")


@probe("host-header", MEDIUM, "the Host that a caller sends does not come back in addresses")
async def _host(target: Target, tries: Tries) -> None:
    body = target.values()
    for endpoint in makers(target)[:2]:
        value = body.valid(endpoint.body or {})
        told = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        reply = await sent(target, "POST", endpoint.path, value, by=target.holder, headers=told)
        tries.repelled(
            reply is None or "evil.example" not in f"{reply.headers}{reply.text}", f"{endpoint} repeats the Host"
        )


@probe("error-leak", MEDIUM, "an error tells neither its stack nor where files lie")
async def _leak(target: Target, tries: Tries) -> None:
    routes = [("GET", "/api/%ff"), ("GET", "/%c0%ae"), ("GET", "/api/no-such-address"), ("PUT", "/api/live")]
    routes += [("GET", f"{door.path}?page=x&sort=-&search=%00") for door in doors(target)]
    routes += [(each.method, each.target("%27")) for each in target.surface.endpoints if each.has_row]
    for method, path in routes:
        _clean(tries, await sent(target, method, path, by=target.holder))
    for name in ("login", "register"):
        if name in target.operations:
            path = target.operations.route(name).path
            for content in (b"{", b'{"email": {"a": 1}}', b"[" * 3000, b"\xff"):
                _clean(tries, await sent(target, "POST", path, content=content))


def _clean(tries: Tries, reply: Reply | None) -> None:
    if reply is not None and reply.status >= 400:
        found = _LEAK.search(reply.text)
        tries.repelled(found is None, f"{reply.summary()} holds `{found[0][:60] if found else ''}`")
