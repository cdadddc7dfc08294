"""Tickets whose time is over are marked by the clock, those that were answered are not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.values import Json


async def ticket(app: App, subject: str) -> Json:
    return (await app.call("Ticket.create", {"subject": subject, "body": "Please"}, by="ann", expect=201)).body


async def pass_hours(app: App, hours: int, *tickets: str) -> None:
    """Lets time pass for these tickets, and the clock come round."""
    async with app.database() as database:
        table = app.table("Ticket")
        respond, resolve = app.column("Ticket", "respond_by"), app.column("Ticket", "resolve_by")
        # Whoever writes a row sets when: the trigger is about applications, not about time.
        await database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await database.execute(
            f"UPDATE {table} SET {respond} = {respond} - make_interval(hours => $1),"
            f" {resolve} = {resolve} - make_interval(hours => $1) WHERE id = ANY($2::uuid[])",
            hours,
            list(tickets),
        )
        await database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        await database.execute("UPDATE system.clock_runs SET started_at = started_at - interval '2 hours'")


async def breach(app: App, row: str) -> str:
    return str((await app.call("Ticket.read", by="agent", row=row, expect=200)).body["breach"])


async def soon(app: App, row: str, expected: str) -> None:
    async with asyncio.timeout(15):
        while await breach(app, row) != expected:
            await asyncio.sleep(0.1)


def due(row: Json, field: str) -> timedelta:
    """How long after its creation a ticket is due."""
    start, end = datetime.fromisoformat(row["created_at"]), datetime.fromisoformat(row[field])
    return end.astimezone(UTC) - start.astimezone(UTC)


@pytest.mark.shows(1)
async def test_each_priority_has_due_times_of_its_own(start: Start) -> None:
    app = await start()
    row = await ticket(app, "Normal")
    second = timedelta(seconds=1)
    assert abs(due(row, "respond_by") - timedelta(minutes=480)) < second
    assert abs(due(row, "resolve_by") - timedelta(minutes=4320)) < second
    await app.call("Ticket.prioritise", {"priority": "urgent"}, by="agent", row=row["id"], expect=200)
    urgent = (await app.call("Ticket.read", by="agent", row=row["id"], expect=200)).body
    assert abs(due(urgent, "respond_by") - timedelta(minutes=30)) < second
    assert abs(due(urgent, "resolve_by") - timedelta(minutes=240)) < second


@pytest.mark.shows(1)
async def test_what_is_late_is_marked_and_what_was_answered_is_not(start: Start) -> None:
    app = await start()
    late, answered, young = [(await ticket(app, name))["id"] for name in ("Late", "Answered", "Young")]
    await app.call("TicketReply.create", {"ticket": answered, "body": "Done"}, by="agent", expect=201)
    await pass_hours(app, 9, late, answered)
    await soon(app, late, "response")
    assert [await breach(app, row) for row in (answered, young)] == ["none", "none"]
    await pass_hours(app, 100, answered)
    await soon(app, answered, "resolution")
    assert await breach(app, young) == "none"
