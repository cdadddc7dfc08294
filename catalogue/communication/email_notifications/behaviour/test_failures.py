"""A mail that the mail server refuses for good has failed, says why, and is sent again when somebody says so."""

import asyncio

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.values import Json


async def until(app: App, state: str) -> Json:
    """The test mail as soon as it is in this state."""
    listed: Json = None
    try:
        async with asyncio.timeout(20):
            while not listed or listed[0]["state"] != state:
                await asyncio.sleep(0.1)
                answer = await app.call("EmailMessage.list", {"template": "test_mail"}, by="admin", expect=200)
                listed = answer.body["items"]
    except TimeoutError:
        pytest.fail(f"expected a mail that is {state}, got {listed}")
    return listed[0]


@pytest.mark.shows(1)
async def test_a_refused_mail_fails_with_its_reason_and_is_sent_again_by_an_administrator(start: Start) -> None:
    app = await start()
    app.instance.beside.refuse_mails("550 5.1.1 Nobody has this name")
    await app.call("send_test_mail", by="admin", expect=200)
    mail = await until(app, "failed")
    assert mail["attempts"] == 1
    assert "Nobody has this name" in mail["reason"]
    assert mail["sent_at"] is None
    await app.call("EmailMessage.retry", by="ann", row=mail["id"], expect=403)
    app.instance.beside.refuse_mails("")
    await app.call("EmailMessage.retry", by="admin", row=mail["id"], expect=200)
    assert (await until(app, "sent"))["reason"] is None
    assert await app.mail(await app.person("admin"), subject="can send mail")
    await app.call("EmailMessage.retry", by="admin", row=mail["id"], expect=409)


@pytest.mark.shows(1)
async def test_a_mail_that_is_refused_for_now_waits_and_is_no_failure(start: Start) -> None:
    app = await start()
    app.instance.beside.refuse_mails("451 4.3.0 Come back later")
    await app.call("send_test_mail", by="admin", expect=200)
    async with asyncio.timeout(20):
        while not (mail := await until(app, "queued"))["reason"]:
            await asyncio.sleep(0.1)
    assert "Come back later" in mail["reason"]
    app.instance.beside.refuse_mails("")
    assert (await until(app, "sent"))["attempts"] >= 2
