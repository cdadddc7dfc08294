"""What is ended at one process is ended at every other, at once."""

import pytest

from stackwright_runtime_validator.live import listening
from stackwright_runtime_validator.plugin import Start


@pytest.mark.shows(1)
async def test_a_session_that_ends_at_one_process_is_refused_by_the_other(start: Start) -> None:
    app = await start()
    other = await start(beside=app)
    await app.call("me", by="ann@phone", expect=200)
    await other.call("me", by=await app.person("ann@phone"), expect=200)
    listed = (await app.call("Session.list", {"open": True}, by="ann@phone", expect=200)).body["items"]
    phone = next(session["id"] for session in listed if session["current"])
    await app.call("Session.end", by="ann", row=phone, expect=200)
    await other.call("me", by=await app.person("ann@phone"), expect=401)
    await app.call("me", by="ann@phone", expect=401)
    await other.call("me", by=await app.person("ann"), expect=200)


@pytest.mark.shows(1)
async def test_a_live_channel_ends_with_its_session_at_the_other_process(start: Start) -> None:
    app = await start()
    if not any(model.HasField("live") or model.live_readers for model in app.contract.models):
        pytest.skip("nothing is live here")
    other = await start(beside=app)
    somebody = await app.person("each")
    async with listening(other.instance.base_url, somebody.access_token) as channel:
        await app.call("logout", by=somebody, expect=200)
        assert await channel.closed(within=35) == 4401
