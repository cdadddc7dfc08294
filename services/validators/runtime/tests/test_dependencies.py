"""The mail server and the Redis of a proof: real clients speak to them, and they go away and come back."""

from __future__ import annotations

import asyncio
import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from stackwright.contract.v1 import contract_pb2
from stackwright.handler.v1.request_response_pb2 import Stack, Technology
from stackwright_runtime_validator.proof.dependencies import (
    Dependencies,
    Needs,
    RedisServer,
    dependencies,
)
from stackwright_runtime_validator.proof.mails import MailServer
from stackwright_runtime_validator.scenarios.controls import UnprovenError


def post(port: int, *, to: str, subject: str, text: str, html: str = "") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "App <app@example.org>", to, subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        client.send_message(message)


async def test_a_mail_is_kept_with_what_tests_ask_for() -> None:
    text = "Dear Ann — open https://app.example.org/reset?token=abc.def&by=mail.\nOr type 123456."
    async with MailServer() as server:
        send = asyncio.to_thread(
            post, server.port, to="Ann@Example.org", subject="Zurücksetzen", text=text, html="<b>x</b>"
        )
        await send
    (mail,) = server.mails
    assert mail.to == "ann@example.org"
    assert mail.body["subject"] == "Zurücksetzen"
    assert mail.body["html"] == "<b>x</b>\n"
    assert mail.body["codes"] == ["123456"]
    assert mail.body["links"] == [
        {
            "url": "https://app.example.org/reset?token=abc.def&by=mail",
            "path": "/reset",
            "query": {"token": "abc.def", "by": "mail"},
        }
    ]


async def test_a_mail_server_goes_away_and_comes_back_at_its_port() -> None:
    async with MailServer() as server:
        open_before = await asyncio.to_thread(smtplib.SMTP, "127.0.0.1", server.port, timeout=5)
        await server.down()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            await asyncio.to_thread(open_before.noop)
        with pytest.raises(OSError, match="refused"):
            await asyncio.to_thread(post, server.port, to="a@example.org", subject="s", text="t")
        await server.up()
        await asyncio.to_thread(post, server.port, to="a@example.org", subject="s", text="t")
        assert [mail.body["subject"] for mail in server.mails] == ["s"]


async def test_a_mail_server_refuses_as_it_is_told() -> None:
    async with MailServer() as server:
        beside = Dependencies(mail=server)
        beside.refuse_mails("550 5.1.1 Nobody has this name")
        with pytest.raises(smtplib.SMTPDataError, match="Nobody has this name"):
            await asyncio.to_thread(post, server.port, to="a@example.org", subject="s", text="t")
        beside.refuse_mails("")
        await asyncio.to_thread(post, server.port, to="a@example.org", subject="s", text="t")
        assert len(beside.mails("a@example.org")) == 1
    with pytest.raises(UnprovenError, match="no mails"):
        Dependencies().refuse_mails("550")


async def ask(port: int, *words: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(" ".join(words).encode() + b"\r\n")
    try:
        return (await reader.readline()).strip()
    finally:
        writer.close()


async def test_redis_goes_away_and_comes_back_empty(tmp_path: Path) -> None:
    async with RedisServer(tmp_path) as server:
        assert await ask(server.port, "SET", "key", "1") == b"+OK"
        assert await ask(server.port, "INCR", "key") == b":2"
        await server.down()
        with pytest.raises(OSError, match=r"refused|Connect call failed"):
            await ask(server.port, "PING")
        await server.up()
        assert await ask(server.port, "EXISTS", "key") == b":0"


async def test_only_what_an_application_needs_is_started(tmp_path: Path) -> None:
    plain = Needs.of(contract_pb2.Contract(), Stack())
    assert plain == Needs()
    mails = contract_pb2.Contract(mails=[contract_pb2.Mail()])
    assert Needs.of(mails, Stack(database=Technology(secondary=["Redis"]))) == Needs(mail=True, redis=True)
    async with dependencies(plain, tmp_path) as beside:
        assert beside.environment == {}
        with pytest.raises(UnprovenError, match="no mails"):
            beside.mails("ann@example.org")
        with pytest.raises(UnprovenError, match="has none"):
            await beside.fault("redis", down=True)
    async with dependencies(Needs(mail=True, redis=True), tmp_path) as beside:
        assert beside.environment.keys() == {"SMTP_URL", "MAIL_FROM", "APP_URL", "REDIS_URL"}
        await beside.fault("mail", down=True)
        await beside.fault("mail", down=False)
        assert beside.mails("ann@example.org") == []
