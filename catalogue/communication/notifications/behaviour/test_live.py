"""A notification reaches its person at once, and nobody else."""

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.live import listening


@pytest.mark.shows(1)
async def test_a_notification_comes_to_each_open_page_of_its_person_alone(app: App) -> None:
    ann, bob = await app.person("ann"), await app.person("bob")
    address = app.instance.base_url
    async with (
        listening(address, ann.access_token) as one,
        listening(address, ann.access_token) as two,
        listening(address, bob.access_token) as his,
    ):
        await app.call("send_test_notification", by="ann", expect=200)
        events = [await channel.event("Notification.created") for channel in (one, two)]
        assert events[0]["row"]["kind"] == "test_notification"
        assert events[0]["id"] == events[1]["id"]
        await app.call("Notification.mark_read", by="ann", row=events[0]["id"], expect=200)
        assert (await two.event("Notification.mark_read"))["row"]["read_at"]
        await his.silence(1.5)


@pytest.mark.shows(1)
async def test_a_notification_that_was_missed_comes_after_the_break(app: App) -> None:
    ann = await app.person("ann")
    async with listening(app.instance.base_url, ann.access_token) as channel:
        position = channel.position
    async with listening(app.instance.base_url, ann.access_token) as witness:
        await app.call("send_test_notification", by="ann", expect=200)
        # From here on it is past, for everybody who comes.
        await witness.event("Notification.created")
    async with listening(app.instance.base_url, ann.access_token, position) as channel:
        assert (await channel.event("Notification.created"))["row"]["read_at"] is None
