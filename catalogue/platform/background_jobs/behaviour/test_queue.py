"""Jobs end as dead letters that can be tried again; a restart loses none."""

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start


async def dead(app: App) -> str:
    """The id of a job that was given up, of a kind that nobody does."""
    async with app.database() as database:
        return str(
            await database.fetchval(
                "INSERT INTO system.jobs (name, key, payload, attempts, failed_at, last_error, correlation)"
                " VALUES ('probe', 'probe-1', '{}', 8, now(), 'It did not work.', 'probe') RETURNING id"
            )
        )


@pytest.mark.shows(1)
async def test_a_dead_letter_is_listed_with_its_reason_and_tried_again(start: Start) -> None:
    app = await start()
    job = await dead(app)
    listed = (await app.call("Job.list", {"state": "dead"}, by="admin", expect=200)).body["items"]
    assert [(item["id"], item["last_error"], item["attempts"]) for item in listed] == [(job, "It did not work.", 8)]
    assert "payload" not in listed[0]
    await app.call("Job.retry", by="ann", row=job, expect=403)
    await app.call("Job.retry", by="admin", row=job, expect=200)
    shown = (await app.call("Job.read", by="admin", row=job, expect=200)).body
    assert shown["state"] != "dead"
    await app.call("Job.retry", by="admin", row="01890000-0000-7000-8000-000000000000", expect=404)


@pytest.mark.shows(1)
async def test_a_dead_letter_is_cancelled_once(start: Start) -> None:
    app = await start()
    job = await dead(app)
    await app.call("Job.cancel", by="admin", row=job, expect=200)
    assert (await app.call("Job.read", by="admin", row=job, expect=200)).body["state"] == "cancelled"
    await app.call("Job.cancel", by="admin", row=job, expect=409)
    await app.call("Job.retry", by="admin", row=job, expect=409)


@pytest.mark.shows(1)
async def test_what_waited_when_the_process_was_killed_is_done_by_the_next(start: Start) -> None:
    app = await start()
    app.needs("send_test_mail")
    await app.instance.fault("mail", down=True)
    await app.call("send_test_mail", by="admin", expect=200)
    other = await start(beside=app)
    await app.instance.kill()
    await other.instance.fault("mail", down=False)
    assert await other.mail(await app.person("admin"), subject="can send mail", within=90)
