"""What comes over the live channel, in which order, and to whom."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.exceptions import ConnectionClosed

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.live import Channel, listening, opened
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.values import Json


async def room_of(app: App, *others: str) -> str:
    """A room of ann and these others."""
    room = (await app.call("Room.create", {"name": "Kitchen"}, by="ann", expect=201)).body["id"]
    for label in others:
        user = (await app.person(label)).id
        await app.call("Membership.create", {"room": room, "user": user}, by="ann", expect=201)
    return str(room)


async def say(app: App, room: str, body: str, by: str = "ann") -> Json:
    return (await app.call("Message.create", {"room": room, "body": body}, by=by, expect=201)).body


@asynccontextmanager
async def both(app: App) -> AsyncIterator[tuple[Channel, Channel]]:
    """What ann and bob receive."""
    ann, bob = await app.person("ann"), await app.person("bob")
    async with (
        listening(app.instance.base_url, ann.access_token) as hers,
        listening(app.instance.base_url, bob.access_token) as his,
    ):
        yield hers, his


async def bodies(channel: Channel, count: int) -> list[Json]:
    return [(await channel.event("Message.created"))["row"]["body"] for _ in range(count)]


@pytest.mark.shows(1)
async def test_messages_come_to_every_member_in_order(app: App) -> None:
    room = await room_of(app, "bob")
    async with both(app) as (hers, his):
        texts = [f"message {number}" for number in range(20)]
        for number, text in enumerate(texts):
            await say(app, room, text, by="ann" if number % 2 else "bob")
        assert await bodies(his, 20) == texts
        assert await bodies(hers, 20) == texts


@pytest.mark.shows(1)
async def test_many_who_write_at_once_are_read_in_one_order_by_all(app: App) -> None:
    room = await room_of(app, "bob")
    async with both(app) as (hers, his):
        await asyncio.gather(*(say(app, room, f"at once {n}", by="ann" if n % 2 else "bob") for n in range(16)))
        seen = [
            [(await channel.event("Message.created"))["row"]["position"] for _ in range(16)] for channel in (hers, his)
        ]
    assert seen[0] == seen[1]
    assert sorted(seen[0]) == list(range(1, 17)), "a number was given twice or left out"


@pytest.mark.shows(1)
async def test_who_is_no_member_receives_nothing(app: App) -> None:
    room = await room_of(app, "bob")
    stranger = await app.person("each")
    async with listening(app.instance.base_url, stranger.access_token) as channel:
        await say(app, room, "between us")
        await app.call("Room.typing", by="ann", row=room, expect=200)
        await channel.silence(1.5)


@pytest.mark.shows(1)
async def test_who_was_put_out_receives_nothing_more(app: App) -> None:
    room = await room_of(app)
    user = (await app.person("bob")).id
    seat = (await app.call("Membership.create", {"room": room, "user": user}, by="ann", expect=201)).body["id"]
    async with listening(app.instance.base_url, (await app.person("bob")).access_token) as channel:
        await say(app, room, "welcome")
        assert await bodies(channel, 1) == ["welcome"]
        await app.call("Membership.delete", {"room": room}, row=seat, by="ann", expect=204)
        last = channel.position
        await say(app, room, "without him")
        with pytest.raises(AssertionError):
            await channel.event("Message.created", within=1.5)
    async with listening(app.instance.base_url, (await app.person("bob")).access_token, last) as again:
        with pytest.raises(AssertionError):
            await again.event("Message.created", within=1.5)


@pytest.mark.shows(2)
async def test_who_comes_back_misses_nothing_and_gets_nothing_twice(app: App) -> None:
    room = await room_of(app, "bob")
    token = (await app.person("bob")).access_token
    async with listening(app.instance.base_url, token) as channel:
        await say(app, room, "before")
        assert await bodies(channel, 1) == ["before"]
        position = channel.position
    texts = [f"while away {number}" for number in range(25)]
    for text in texts:
        await say(app, room, text)
    async with listening(app.instance.base_url, token, position) as channel:
        assert await bodies(channel, 25) == texts
        with pytest.raises(AssertionError):
            await channel.event("Message.created", within=1)


@pytest.mark.shows(2)
async def test_a_second_process_carries_messages_and_typing_across(start: Start) -> None:
    app = await start()
    other = await start(beside=app)
    room = await room_of(app, "bob")
    async with listening(other.instance.base_url, (await app.person("bob")).access_token) as channel:
        await say(app, room, "from the other side")
        assert await bodies(channel, 1) == ["from the other side"]
        await app.call("Room.typing", by="ann", row=room, expect=200)
        assert (await channel.event("Room.typing"))["id"] == room


@pytest.mark.shows(2)
async def test_typing_is_a_passing_signal_that_names_who(app: App) -> None:
    room = await room_of(app, "bob")
    ann, bob = await app.person("ann"), await app.person("bob")
    async with listening(app.instance.base_url, bob.access_token) as channel:
        await app.call("Room.typing", by="ann", row=room, expect=200)
        signal = await channel.event("Room.typing")
        position = channel.position
    assert (signal["type"], signal["id"], signal["actor"]["id"]) == ("signal", room, ann.id)
    assert "position" not in signal
    async with listening(app.instance.base_url, bob.access_token, position) as again:
        with pytest.raises(AssertionError):
            await again.event("Room.typing", within=1)


@pytest.mark.shows(2)
async def test_receipts_edits_and_deletions_are_seen_by_the_others(app: App) -> None:
    room = await room_of(app, "bob")
    message = (await say(app, room, "one"))["id"]
    async with both(app) as (hers, his):
        await app.call("Room.mark_read", {"up_to": 1}, by="bob", row=room, expect=200)
        assert (await hers.event("Membership.updated"))["row"]["last_read"] == 1
        await app.call("Message.update", {"room": room, "body": "two"}, by="ann", row=message, expect=200)
        assert (await his.event("Message.updated"))["row"]["body"] == "two"
        await app.call("Message.delete", {"room": room}, by="ann", row=message, expect=204)
        gone = await his.event("Message.deleted")
    assert "two" not in json.dumps(gone)


BROKEN: list[Json] = [
    "not json",
    "[]",
    "{}",
    {"type": "hello"},
    {"type": "hello", "token": 7, "position": None},
    {"type": "hello", "token": "x", "position": "first"},
    {"type": "nonsense"},
]


@pytest.mark.shows(1)
@pytest.mark.parametrize("message", BROKEN, ids=str)
async def test_a_broken_greeting_closes_the_channel_and_nothing_else(app: App, message: Json) -> None:
    async with opened(app.instance.base_url) as channel:
        await channel.send(message)
        assert await channel.closed() in (4400, 4401)
    await app.call("me", by="ann", expect=200)


@pytest.mark.shows(1)
@pytest.mark.parametrize("position", [-1, 1.5, 10**30, [], {}], ids=str)
async def test_a_position_that_is_none_is_refused(app: App, position: Json) -> None:
    token = (await app.person("ann")).access_token
    async with opened(app.instance.base_url) as channel:
        await channel.send({"type": "hello", "token": token, "position": position})
        assert await channel.closed() == 4400


@pytest.mark.shows(1)
async def test_a_forged_and_an_ended_token_open_nothing(app: App) -> None:
    somebody = await app.person("each")
    await app.call("logout", by=somebody, expect=200)
    head, body, _ = (await app.person("ann")).access_token.split(".")
    for token in (somebody.access_token, f"{head}.{body}.{'A' * 43}", f"{head}.{body}.", ""):
        async with opened(app.instance.base_url) as channel:
            await channel.send({"type": "hello", "token": token, "position": None})
            assert await channel.closed() in (4400, 4401)


@pytest.mark.shows(1)
async def test_an_ended_session_ends_its_channel(app: App) -> None:
    somebody = await app.person("each")
    async with listening(app.instance.base_url, somebody.access_token) as channel:
        await app.call("logout", by=somebody, expect=200)
        assert await channel.closed(within=35) == 4401


@pytest.mark.shows(1)
async def test_huge_and_binary_frames_and_floods_end_one_channel_alone(app: App) -> None:
    token = (await app.person("ann")).access_token
    for frame in ("x" * 2_000_000, b"\x00\xff" * 100):
        async with listening(app.instance.base_url, token) as channel:
            await channel.send(frame)
            assert await channel.closed() in (1009, 4400)
    async with listening(app.instance.base_url, token) as channel:
        # It closes in the middle of the flood.
        with suppress(ConnectionClosed):
            for _ in range(2000):
                await channel.send({"type": "token", "token": token})
        assert await channel.closed() == 4429
    await app.call("me", by="ann", expect=200)
