"""Other people's rows, missing permissions, fields of the server, and ways round the guard."""

from __future__ import annotations

import re

from stackwright_runtime_validator.proof.attack.probe import (
    CRITICAL,
    HIGH,
    Tries,
    call,
    doors,
    makers,
    probe,
    sent,
    somebody,
)
from stackwright_runtime_validator.proof.surface import UNKNOWN_ID, Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.values import Json, find

_SERVER_FIELDS: dict[str, Json] = {
    "id": UNKNOWN_ID,
    "created_at": "2001-01-01T00:00:00.000Z",
    "updated_at": "2001-01-01T00:00:00.000Z",
    "row_version": 4711,
    "created_by": UNKNOWN_ID,
    "owner": UNKNOWN_ID,
    "role": "admin",
    "role_names": ["admin"],
    "is_admin": True,
    "admin": True,
    "permissions": ["users.manage"],
    "builtin": True,
    "active": False,
    "password_hash": "x",
    "deleted_at": "2001-01-01T00:00:00.000Z",
}
_CAN = re.compile(r"can\('([^']+)'\)")


@probe("route-open", CRITICAL, "an operation that is documented as secured is 401 for a stranger")
async def _open(target: Target, tries: Tries) -> None:
    for endpoint in target.surface.endpoints:
        if endpoint.secured:
            tries.refused(await target.ask(endpoint, None), f"{endpoint} without a token", (401,))


@probe("route-undocumented", HIGH, "addresses for operators and developers are not there, or ask who calls")
async def _undocumented(target: Target, tries: Tries) -> None:
    names = ("admin", "debug", "env", "config", "metrics", "users/export", "internal", "graphql", "actuator", "console")
    documented = {endpoint.path for endpoint in target.surface.endpoints if not endpoint.secured}
    for name in names:
        for path in (f"/api/{name}", f"/{name}"):
            if path not in documented:
                tries.refused(
                    await sent(target, "GET", path), f"{path} answers a stranger", (301, 400, 401, 403, 404, 405)
                )


@probe("permission-missing", CRITICAL, "an operation that names a permission is refused without it")
async def _permission(target: Target, tries: Tries) -> None:
    held = await _held(target)
    for endpoint in target.surface.endpoints:
        if endpoint.permission and endpoint.permission not in held and not endpoint.has_row:
            body = target.values().valid(endpoint.body) if endpoint.body else None
            tries.refused(await target.ask(endpoint, target.bob, body), f"{endpoint} without {endpoint.permission}")


@probe("row-of-another", CRITICAL, "each operation on somebody else's row is refused where the document reserves it")
async def _rows(target: Target, tries: Tries) -> None:
    held = await _held(target)
    for endpoint in target.surface.endpoints:
        row = next((each for each in target.rows[endpoint.collection] if each != target.bob.id), "")
        if not endpoint.has_row or not row or not _reserved(endpoint.access, held):
            continue
        body = target.values().valid(endpoint.body) if endpoint.body else None
        reply = await target.ask(endpoint, target.bob, body, row=row)
        # Input is read before the row is sought, so that a 422 says nothing.
        if reply is not None and reply.status != 422:
            tries.refused(reply, f"{endpoint} on a row of somebody else")


async def _held(target: Target) -> set[str]:
    reply = await call(target, "me", {}, token=target.bob.access_token)
    held = reply.body.get("permissions") if reply is not None and isinstance(reply.body, dict) else None
    return {str(key) for key in held} if isinstance(held, list) else set()


def _reserved(access: str, held: set[str]) -> bool:
    """Whether every way in needs a permission that the caller lacks, or ties the row to its caller."""
    if "!=" in access or "!actor" in access:
        return False
    ways = [way for way in _ways(access) if way.strip()]
    return bool(ways) and all(_closed(way, held) for way in ways)


def _closed(way: str, held: set[str]) -> bool:
    return "actor" in way or any(name not in held for name in _CAN.findall(way))


def _ways(access: str) -> list[str]:
    """The alternatives of a condition, split at each `||` outside of brackets."""
    ways, depth = [""], 0
    for part in re.split(r"(\|\||[()])", access):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "||" and depth == 0:
            ways.append("")
        else:
            ways[-1] += part
    return ways


@probe("mass-assignment", CRITICAL, "fields of the server are refused or ignored when they are sent")
async def _assignment(target: Target, tries: Tries) -> None:
    for endpoint in makers(target):
        for name, value in _SERVER_FIELDS.items():
            if name in target.values().properties(endpoint.body or {}):
                continue
            made = target.values().valid(endpoint.body or {})
            reply = await target.ask(endpoint, target.holder, {**(made if isinstance(made, dict) else {}), name: value})
            taken = reply is not None and reply.status < 300 and isinstance(reply.body, dict)
            kept = taken and reply is not None and isinstance(reply.body, dict) and reply.body.get(name) == value
            tries.repelled(not kept, f"{endpoint} takes `{name}` from its caller")
    for name in ("role", "role_names", "roles", "is_admin", "permissions"):
        await _register_with(target, tries, name, _SERVER_FIELDS.get(name, ["admin"]))


async def _register_with(target: Target, tries: Tries, name: str, value: Json) -> None:
    person = f"mass.{name}@example.org"
    values: dict[str, Json] = {"email": person, "name": "Mass", "password": "Quiet-harbour-77aa11", name: value}
    reply = await call(target, "register", values)
    if reply is None:
        return
    user = find(reply.body, "user") if isinstance(reply.body, dict) else None
    token = find(reply.body, "tokens.access_token") if isinstance(reply.body, dict) else None
    me = await call(target, "me", {}, token=token) if isinstance(token, str) else None
    gained = isinstance(user, dict) and bool(user.get(name))
    rights = me.body.get("permissions") if me is not None and isinstance(me.body, dict) else None
    tries.repelled(not gained and not rights, f"registering with `{name}` gives rights")


@probe("verb-tampering", HIGH, "the method alone decides what is done, and HEAD and TRACE open nothing")
async def _verbs(target: Target, tries: Tries) -> None:
    for door in doors(target)[:3]:
        tries.refused(await sent(target, "HEAD", door.path), f"HEAD {door.path}", (401, 404, 405))
    trace = await sent(target, "TRACE", "/api/live", headers={"X-Probe": "echo-me"})
    tries.repelled(trace is None or "echo-me" not in trace.text, "TRACE repeats the request")
    for endpoint in target.surface.endpoints:
        maker = next((each for each in makers(target) if each.path == endpoint.collection), None)
        if endpoint.method != "DELETE" or maker is None:
            continue
        made = await target.made(maker, target.holder)
        if made is None or not isinstance(made.body, dict):
            continue
        row = endpoint.target(str(made.body.get("id")))
        before = await sent(target, "GET", row, by=target.holder)
        if before is None or before.status != 200:
            # Nothing is read there, so nobody would see it go.
            continue
        for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
            await sent(target, "POST", row, {}, by=target.holder, headers={header: "DELETE"})
        await sent(target, "GET", f"{row}?_method=DELETE", by=target.holder)
        still = await sent(target, "GET", row, by=target.holder)
        tries.repelled(still is None or still.status != 404, f"{row} was deleted by another method")


@probe("identity-headers", CRITICAL, "headers that name a user or an address do not sign anybody in")
async def _identity(target: Target, tries: Tries) -> None:
    for door in doors(target)[:3]:
        for name in ("X-User-Id", "X-User", "X-Forwarded-User", "X-Remote-User", "X-Authenticated-User"):
            reply = await sent(target, "GET", door.path, headers={name: target.holder.id})
            tries.refused(reply, f"{name} opens {door}", (401,))
        for name, value in (
            ("X-Original-URL", "/api/live"),
            ("X-Rewrite-URL", "/api/live"),
            ("X-Forwarded-For", "127.0.0.1"),
        ):
            tries.refused(await sent(target, "GET", door.path, headers={name: value}), f"{name} opens {door}", (401,))


@probe("path-spelling", CRITICAL, "another spelling of an address does not pass the guard")
async def _spelling(target: Target, tries: Tries) -> None:
    for door in doors(target)[:3]:
        path, last = door.path, door.path.rpartition("/")[2]
        spelled = (
            path.upper(), f"{path}/", path.replace("/api/", "/api//"), path.replace("/api/", "/api/./"), f"{path}%2f",
            f"{path};x=1", f"{path}%20", f"{path}.json", f"{path}%00",
            path.replace(last, f"%{ord(last[0]):02x}{last[1:]}"),
            f"/api/live/..{path.removeprefix('/api')}", f"/api/live/..%2f{last}", f"/{path}",
        )  # fmt: skip
        for other in spelled:
            reply = await sent(target, "GET", other)
            tries.repelled(reply is None or reply.status >= 300 or not _rows_in(reply), f"{other} answers a stranger")


def _rows_in(reply: Reply) -> bool:
    return isinstance(reply.body, dict) and not {"status", "openapi"} & reply.body.keys()


@probe("idempotency-of-another", HIGH, "somebody else's Idempotency-Key does not give their answer")
async def _idempotency(target: Target, tries: Tries) -> None:
    other = await somebody(target)
    for number, endpoint in enumerate(makers(target)):
        body = target.values().valid(endpoint.body or {})
        headers = {"Idempotency-Key": f"probe-key-{number:08}"}
        mine = await sent(target, "POST", endpoint.path, body, by=target.holder, headers=headers)
        if mine is None or mine.status >= 300 or not isinstance(mine.body, dict):
            continue
        theirs = await sent(target, "POST", endpoint.path, body, by=other, headers=headers)
        same = theirs is not None and isinstance(theirs.body, dict) and theirs.body.get("id") == mine.body.get("id")
        tries.repelled(not same, f"{endpoint} gives the stored answer of somebody else")


def endpoints_with_text(target: Target) -> list[tuple[Endpoint, str]]:
    """Operations that make rows, with each of their free texts."""
    found = []
    for endpoint in makers(target):
        values = target.values()
        for name, member in values.properties(endpoint.body or {}).items():
            schema = target.surface.resolved(member)
            free = not {"format", "pattern", "enum"} & schema.keys()
            if values.type_of(schema) == "string" and free:
                found.append((endpoint, name))
    return found
