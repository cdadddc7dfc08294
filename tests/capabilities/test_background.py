"""Mail, one-time tokens and jobs: what follows a transaction, and what may happen once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

from capability_support import Person, Running, until


def _parts(mail: EmailMessage) -> dict[str, str]:
    return {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}


def _address() -> str:
    return f"{uuid.uuid4().hex}@example.org"


def test_a_mail_goes_out_once_as_text_and_html(running: Running, person: Callable[..., Person]) -> None:
    to = _address()
    assert person().client.post("/mails", json={"to": to, "name": "Ann", "fail": False}).status_code == 200
    [mail] = until(lambda: running.mailbox.to(to))
    assert mail["subject"] == "Hello Ann"
    assert mail["from"] == "House <house@example.org>"
    assert mail["message-id"]
    parts = _parts(mail)
    assert "Hello Ann" in parts["text/plain"]
    assert "https://app.example.org/start" in parts["text/plain"]
    assert "<strong>Ann</strong>" in parts["text/html"]
    assert '<a href="https://app.example.org/start">Open</a>' in parts["text/html"]


def test_a_mail_of_a_failed_transaction_is_not_sent(running: Running, person: Callable[..., Person]) -> None:
    somebody, to, other = person(), _address(), _address()
    assert somebody.client.post("/mails", json={"to": to, "name": "Ann", "fail": True}).status_code == 409
    assert somebody.client.post("/mails", json={"to": other, "name": "Ann", "fail": False}).status_code == 200
    assert until(lambda: running.mailbox.to(other))
    assert running.mailbox.to(to) == []


def test_values_become_neither_headers_nor_markup(running: Running, person: Callable[..., Person]) -> None:
    to, name = (
        _address(),
        "Eve\r\nBcc: all@example.org\n\n# Big <script>x</script> [a](javascript:x) ![i](http://evil.example/i)",
    )
    assert person().client.post("/mails", json={"to": to, "name": name, "fail": False}).status_code == 200
    [mail] = until(lambda: running.mailbox.to(to))
    assert mail["bcc"] is None
    html = _parts(mail)["text/html"]
    assert not any(tag in html for tag in ("<script", "<h1", "<img", 'href="javascript'))
    assert html.count("<a ") == 1


def test_a_mail_waits_for_its_server(running: Running, person: Callable[..., Person]) -> None:
    to = _address()
    running.mailbox.refusal = "451 come back later"
    try:
        assert person().client.post("/mails", json={"to": to, "name": "Ann", "fail": False}).status_code == 200
        assert until(lambda: running.mailbox.to(to), 1) == []
    finally:
        running.mailbox.refusal = ""
    assert len(until(lambda: running.mailbox.to(to))) == 1


def test_a_token_is_worth_something_once(person: Callable[..., Person]) -> None:
    somebody = person()
    secret = somebody.client.post("/tokens", json={"seconds": 60}).json()["secret"]
    assert len(secret) >= 43

    def use(_turn: int) -> bool:
        return bool(somebody.client.post("/tokens/use", json={"secret": secret}).json()["used"])

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]


def test_a_token_has_its_time(person: Callable[..., Person]) -> None:
    somebody = person()
    late = somebody.client.post("/tokens", json={"seconds": -1}).json()["secret"]
    for secret in (late, "guess"):
        assert somebody.client.post("/tokens/use", json={"secret": secret}).json() == {"used": False}


def _job(somebody: Person, key: str) -> dict[str, object]:
    return dict(somebody.client.get(f"/jobs/{key}").json())


def test_a_job_is_done_once_for_its_key_and_tried_again_when_it_fails(person: Callable[..., Person]) -> None:
    somebody, key = person(), uuid.uuid4().hex
    for _ in range(3):
        assert somebody.client.post("/jobs", json={"key": key, "failures": 1, "hopeless": False}).status_code == 200
    job = until(lambda: (found := _job(somebody, key))["state"] == "done" and found)
    assert job
    assert (job["attempts"], job["runs"]) == (2, 2)


def test_a_dead_letter_can_be_tried_again_and_a_job_given_up(person: Callable[..., Person]) -> None:
    somebody, key = person(), uuid.uuid4().hex
    somebody.client.post("/jobs", json={"key": key, "failures": 0, "hopeless": True})
    dead = until(lambda: (found := _job(somebody, key))["state"] == "dead" and found)
    assert dead
    assert (dead["attempts"], dead["reason"]) == (1, "never")
    assert somebody.client.post(f"/jobs/{dead['id']}/retry", json={}).json() == {"done": True}
    assert until(lambda: _job(somebody, key)["state"] == "done")
    assert somebody.client.post(f"/jobs/{dead['id']}/cancel", json={}).json() == {"done": False}

    other = uuid.uuid4().hex
    somebody.client.post("/jobs", json={"key": other, "failures": 3, "hopeless": False})
    waiting = until(lambda: (found := _job(somebody, other))["state"] == "waiting" and bool(found["runs"]) and found)
    assert waiting
    assert somebody.client.post(f"/jobs/{waiting['id']}/cancel", json={}).json() == {"done": True}
    assert _job(somebody, other)["state"] == "cancelled"
    assert somebody.client.post(f"/jobs/{waiting['id']}/retry", json={}).json() == {"done": False}
