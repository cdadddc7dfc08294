"""The live channel: who hears what, after whatever break."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from capability_support import BASE, Person, Running
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Message = dict[str, object]


@contextmanager
def _socket(address: str) -> Iterator[ClientConnection]:
    with connect(address.replace("http", "ws", 1) + "/api/stream", proxy=None) as socket:
        yield socket


@contextmanager
def _page(somebody: Person, address: str = "", position: int | None = None) -> Iterator[ClientConnection]:
    with _socket(address or somebody.address) as socket:
        socket.send(json.dumps({"type": "hello", "token": somebody.id, "position": position}))
        ready = _hear(socket)
        assert ready["type"] == "ready"
        if position is not None:
            assert ready["position"] == position
        yield socket


def _hear(socket: ClientConnection) -> Message:
    return dict(json.loads(socket.recv(timeout=10)))


def _until(socket: ClientConnection, body: str) -> list[Message]:
    """What is heard, up to the note with this text."""
    heard = [_hear(socket)]
    while not (isinstance(heard[-1].get("row"), dict) and heard[-1]["row"]["body"] == body):  # type: ignore[index]
        heard.append(_hear(socket))
    return heard


def _write(writer: Person, body: str, *readers: Person) -> str:
    answer = writer.client.post("/notes", json={"body": body, "readers": [reader.id for reader in readers]})
    assert answer.status_code == 200
    return str(answer.json()["id"])


def _code(socket: ClientConnection) -> int:
    """The code with which the socket is closed, after whatever is said before that."""
    try:
        while True:
            socket.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006


def test_each_hears_what_concerns_them_on_both_instances(running: Running, person: Callable[..., Person]) -> None:
    ann, bob = person(), person()
    with _page(ann) as here, _page(ann, running.instances[1]) as there, _page(bob) as other:
        first = _write(bob, "for ann", ann)
        _write(bob, "hidden", ann, bob)
        _write(bob, "end", ann, bob)
        heard = _until(here, "end")
        assert heard == _until(there, "end")
        assert [message["id"] for message in _until(other, "end")] == [heard[-1]["id"]]
        assert [(m["type"], m["name"], m["model"], m["row"]["body"]) for m in heard] == [  # type: ignore[index]
            ("event", "Note.created", "Note", "for ann"),
            ("event", "Note.created", "Note", "end"),
        ]
        assert heard[0]["id"] == first


def test_a_deletion_is_told_to_those_who_saw_the_row(person: Callable[..., Person]) -> None:
    ann, bob = person(), person()
    note = _write(ann, "short-lived", ann)
    with _page(ann) as mine, _page(bob) as other:
        assert ann.client.post(f"/notes/{note}/remove", json={}).status_code == 200
        _write(ann, "end", ann, bob)
        gone = [message for message in _until(mine, "end") if message["name"] == "Note.deleted"]
        assert [(message["id"], message["row"]) for message in gone] == [(note, None)]
        assert len(_until(other, "end")) == 1


def test_a_break_costs_nothing(running: Running, person: Callable[..., Person]) -> None:
    ann = person()
    with _page(ann) as page:
        _write(ann, "before", ann)
        position = _until(page, "before")[-1]["position"]
    assert isinstance(position, int)
    for number in range(20):
        _write(ann, f"n {number}", ann)
    with _page(ann, running.instances[1], position) as page:
        heard = _until(page, "n 19")
    assert [message["row"]["body"] for message in heard] == [f"n {number}" for number in range(20)]  # type: ignore[index]
    positions = [int(str(message["position"])) for message in heard]
    assert positions == sorted(set(positions))


def test_a_position_that_is_not_known_is_told(person: Callable[..., Person]) -> None:
    ann = person()
    with _socket(ann.address) as page:
        page.send(json.dumps({"type": "hello", "token": ann.id, "position": 10**12}))
        ready, reset = _hear(page), _hear(page)
    assert (ready["type"], reset["type"]) == ("ready", "reset")
    assert ready["position"] == reset["position"]


def test_a_signal_reaches_those_who_look(running: Running, person: Callable[..., Person]) -> None:
    ann, bob, eve = person("Ann"), person(), person()
    note = _write(ann, "here", ann, bob)
    with _page(bob, running.instances[1]) as page, _page(eve) as other:
        assert ann.client.post(f"/notes/{note}/typing", json={}).status_code == 200
        assert eve.client.post(f"/notes/{note}/typing", json={}).status_code == 404
        signal = next(message for message in iter(lambda: _hear(page), None) if message["type"] == "signal")
        assert signal == {
            "type": "signal",
            "name": "Note.typing",
            "model": "Note",
            "id": note,
            "actor": {"id": ann.id, "display": "Ann"},
        }
        _write(ann, "end", eve)
        assert len(_until(other, "end")) == 1


def test_it_ends_with_the_right_to_be_there(running: Running, person: Callable[..., Person]) -> None:
    ann = person()
    with _page(ann, running.instances[1]) as page:
        httpx.post(f"{running.instances[0]}{BASE}/people/{ann.id}/deactivate", json={}, trust_env=False)
        assert _code(page) == 4401
    with _socket(ann.address) as page:
        page.send(json.dumps({"type": "hello", "token": ann.id, "position": None}))
        assert _code(page) == 4401


def test_a_token_of_somebody_else_is_refused(person: Callable[..., Person]) -> None:
    ann, bob = person(), person()
    with _page(ann) as page:
        page.send(json.dumps({"type": "token", "token": ann.id}))
        _write(ann, "still here", ann)
        _until(page, "still here")
        page.send(json.dumps({"type": "token", "token": bob.id}))
        assert _code(page) == 4401


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "[]",
        "null",
        b"\x00\x01",
        '{"type":"publish","token":"x"}',
        '{"type":"hello","token":1}',
        '{"type":"hello","token":"x","position":"1"}',
        '{"type":"hello","token":"x","position":-1}',
        '{"type":"token","token":"x"}',
    ],
)
def test_what_is_not_understood_ends_it(running: Running, message: str | bytes) -> None:
    with _socket(running.instances[0]) as page:
        page.send(message)
        assert _code(page) == 4400


def test_too_much_ends_it(running: Running, person: Callable[..., Person]) -> None:
    with _socket(running.instances[0]) as page:
        page.send("x" * 100_000)
        assert _code(page) == 1009
    ann = person()
    with _page(ann) as page:
        try:
            for _ in range(200):
                page.send(json.dumps({"type": "token", "token": ann.id}))
        except ConnectionClosed:
            pass
        assert _code(page) == 4429


def test_who_says_nothing_is_not_waited_for(running: Running) -> None:
    with _socket(running.instances[0]) as page:
        assert _code(page) == 4401
