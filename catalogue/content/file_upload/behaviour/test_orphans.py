"""Files that nobody needs are removed after their time, with their content; what belongs somewhere stays."""

import asyncio
from pathlib import Path

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.client import Request
from stackwright_runtime_validator.scenarios.places import sample_file
from stackwright_runtime_validator.scenarios.values import Json


async def upload(app: App, by: str = "ann") -> Json:
    route = app.operations.route("upload", row=False)
    request: Request = route.fill("", {}, {"content": sample_file("small.png")}, {})
    answer = await app.send(request, by=by)
    assert answer.status == 200, answer.summary()
    return answer.body["file"]


async def age(app: App, *files: str) -> None:
    """Lets two hours pass for these files, and the clock come round."""
    async with app.database() as database:
        table = app.table("StoredFile")
        # Whoever writes a row sets when: the trigger is about applications, not about time.
        await database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await database.execute(
            f"UPDATE {table} SET updated_at = updated_at - interval '2 hours' WHERE id = ANY($1::uuid[])", list(files)
        )
        await database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        await database.execute("UPDATE system.clock_runs SET started_at = started_at - interval '2 hours'")


async def gone(app: App, file: str) -> bool:
    return (await app.call("StoredFile.read", by="ann", row=file)).status == 404


async def soon(app: App, file: str) -> None:
    async with asyncio.timeout(15):
        while not await gone(app, file):
            await asyncio.sleep(0.1)


@pytest.mark.shows(2)
async def test_orphans_go_after_the_configured_hours_and_nothing_else(start: Start) -> None:
    app = await start(settings={"files.orphan_hours": 1})
    orphan, young, pinned, shared = [(await upload(app))["id"] for _ in range(4)]
    await app.call("StoredFile.update", {"pinned": True}, by="ann", row=pinned, expect=200)
    sample = (await app.call("Sample.create", {"title": "with a file"}, by="ann", expect=201)).body["id"]
    target = {"type": "Sample", "id": sample}
    await app.call("StoredFile.update", {"target": target}, by="ann", row=shared, expect=200)
    begun = await app.call("start_upload", {"name": "a.txt", "size": 6}, by="ann", expect=200)
    half = begun.body["file"]["id"]
    await age(app, orphan, pinned, shared, half)
    await soon(app, orphan)
    await soon(app, half)
    assert [await gone(app, file) for file in (young, pinned, shared)] == [False] * 3


@pytest.mark.shows(2)
async def test_the_content_goes_with_its_file_and_lies_under_a_random_name(start: Start) -> None:
    app = await start()
    content = sample_file("small.png").content
    file = await upload(app)

    def stored() -> list[Path]:
        return [path for path in app.instance.data_folder.rglob("*") if path.is_file() and path.read_bytes() == content]

    (kept,) = stored()
    assert "small" not in kept.name
    assert file["id"] not in kept.name
    await app.call("StoredFile.delete", by="ann", row=file["id"], expect=204)
    async with asyncio.timeout(15):
        while stored():
            await asyncio.sleep(0.1)
