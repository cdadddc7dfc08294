"""What holds for the rows of any entity. Each law gives a sentence for each way in which it is broken."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from stackwright_runtime_validator.proof.laws.collection import Collection, asked, items_of, row_of, same
from stackwright_runtime_validator.scenarios.values import MISSING, Json

_PAGE = 100


async def what_is_sent_is_kept(rows: Collection) -> AsyncIterator[str]:
    """A new row shows what it was made of, in its answer, by itself and in the list; a change changes that alone."""
    sent, made = await rows.new("kept")
    row = row_of(made)
    for name, value in sent.items():
        if name in row and not same(value, row[name]):
            yield f"a new row was sent {name} {value!r} and shows {row[name]!r}"
    read = await rows.send("row GET", str(row["id"]))
    if row_of(read) != row:
        yield f"a new row is read otherwise than it was answered: {read.summary()}"
    if "row PATCH" not in rows.endpoints:
        return
    for name, schema in rows.properties("row PATCH").items():
        new = rows.other(name, schema, row.get(name))
        if name not in row or new is MISSING:
            continue
        changed = await rows.send("row PATCH", str(row["id"]), {name: new})
        if changed.status == 200:
            now = row_of(changed)
            if not same(new, now.get(name)):
                yield f"{name} was changed to {new!r} and shows {now.get(name)!r}"
            for other in rows.properties("row PATCH").keys() - {name}:
                if now.get(other) != row.get(other):
                    yield f"a change of {name} changed {other} as well"
            row = now
        elif changed.status not in (403, 409):
            yield f"a valid {name} is refused: {changed.summary()}"


async def a_key_stands_for_one_row(rows: Collection) -> AsyncIterator[str]:
    """The same request with the same key makes one row; another body with it is refused."""
    body = await rows.values("key")
    headers = {"Idempotency-Key": secrets.token_hex(16)}
    first, second = [await rows.send("POST", body=body, headers=headers) for _ in range(2)]
    if first.status == 201 and (second.status, row_of(second).get("id")) != (201, row_of(first).get("id")):
        yield f"the same key twice makes two answers: {first.summary()}; {second.summary()}"
    another = await rows.values("another body")
    third = await rows.send("POST", body=another, headers=headers)
    if first.status == 201 and another != body and third.status != 422:
        yield f"a key is taken again with another body: {third.summary()}"


async def versions_count(rows: Collection) -> AsyncIterator[str]:
    """A row says which version it is, and refuses a change by somebody who has not seen the last one."""
    if "row PATCH" not in rows.endpoints:
        return
    _, made = await rows.new("version")
    row = row_of(made)
    if made.headers.get("etag") != f'"{row.get("row_version")}"':
        yield f"the ETag of a new row is {made.headers.get('etag')}, its version {row.get('row_version')}"
    changes = ((name, rows.other(name, schema, row.get(name))) for name, schema in rows.properties("row PATCH").items())
    for name, value in changes:
        if value is MISSING or name not in row:
            continue
        changed = await rows.send("row PATCH", str(row["id"]), {name: value}, headers={"If-Match": '"999"'})
        if changed.status not in (412, 403):
            yield f"a change of a version that nobody saw is taken: {changed.summary()}"
        return


async def lists_hold_what_they_are_asked(rows: Collection) -> AsyncIterator[str]:
    """A list holds a new row, pages share no row, and a filter shows rows of its value only, its opposite none."""
    if "GET" not in rows.endpoints:
        return
    _, made = await rows.new("listed")
    row = row_of(made)
    known = {each.name for each in rows.endpoints["GET"].parameters if each.place == "query"}
    paged = "page" in known
    first, second = [
        await rows.send("GET", query=f"page_size=1&page={number}" if paged else "page_size=1") for number in (1, 2)
    ]
    if len(items_of(first)) != 1:
        yield f"a page of one row has {len(items_of(first))}"
    elif paged and items_of(first) == items_of(second):
        yield "the second page is the first once more"
    found = await rows.send("GET", query=f"page_size={_PAGE}&{asked('created_at', row['created_at'])}")
    if not any(item["id"] == row["id"] for item in items_of(found)):
        yield f"a new row is not in the list of those made at its time: {found.summary()}"
    for name in sorted(known & row.keys()):
        value = _plain(row[name])
        if value is not None:
            async for problem in _filtered(rows, name, value, opposite=f"{name}[ne]" in known):
                yield problem


async def _filtered(rows: Collection, name: str, value: Json, *, opposite: bool) -> AsyncIterator[str]:
    held = await rows.send("GET", query=f"page_size={_PAGE}&{asked(name, value)}")
    if held.status != 200 or not items_of(held):
        yield f"the filter {name}={value!r} finds nothing, though a row has it: {held.summary()}"
    if any(not same(value, item.get(name)) for item in items_of(held)):
        yield f"the filter {name}={value!r} lets through rows of other values"
    if opposite:
        others = await rows.send("GET", query=f"page_size={_PAGE}&{asked(f'{name}[ne]', value)}")
        if any(same(value, item.get(name)) for item in items_of(others)):
            yield f"the filter {name}[ne]={value!r} lets through rows of the value"


def _plain(shown: Json) -> Json:
    """A value that a filter may name: the id of a row, and no list."""
    if isinstance(shown, dict):
        return shown.get("id")
    return None if isinstance(shown, list) else shown


async def what_is_deleted_is_gone(rows: Collection) -> AsyncIterator[str]:
    """A deleted row is found nowhere, and cannot be deleted again."""
    if "row DELETE" not in rows.endpoints:
        return
    _, made = await rows.new("gone")
    row = str(row_of(made)["id"])
    deleted = await rows.send("row DELETE", row)
    if deleted.status != 204:
        yield f"a row that nothing refers to cannot be deleted: {deleted.summary()}"
        return
    for method in ("row GET", "row DELETE"):
        again = await rows.send(method, row)
        if again.status != 404:
            yield f"a deleted row is still there: {again.summary()}"
    if "GET" in rows.endpoints:
        listed = await rows.send("GET", query=f"page_size={_PAGE}&{asked('created_at', row_of(made)['created_at'])}")
        if any(item["id"] == row for item in items_of(listed)):
            yield "a deleted row is still in the list"


async def strangers_stay_outside(rows: Collection) -> AsyncIterator[str]:
    """Without a token, whatever is not open to everybody answers 401, before it says anything of a row."""
    _, made = await rows.new("closed")
    row = str(row_of(made)["id"])
    for endpoint in rows.endpoints.values():
        if endpoint.secured:
            reply = await rows.target.wire.send(
                endpoint.method, endpoint.target(row), {} if endpoint.writes else MISSING
            )
            if reply.status != 401:
                yield f"a stranger is answered: {reply.summary()}"
