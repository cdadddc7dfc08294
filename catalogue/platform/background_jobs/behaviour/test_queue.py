"""Jobs are tried again until they are given up; dead letters can be tried once more; a restart loses none."""

import asyncio

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start
from stackwright_runtime_validator.scenarios.values import Json


async def dead(app: App) -> str:
    """The id of a job that was given up, of a kind that nobody does."""
    async with app.database() as database:
        return str(
            await database.fetchval(
                "INSERT INTO system.jobs (name, key, payload, attempts, failed_at, last_error, correlation)"
                " VALUES ('probe', 'probe-1', '{}', 8, now(), 'It did not work.', 'probe') RETURNING id"
            )
        )


async def waiting(app: App, attempts: int) -> str:
    """The id of a job that waits, of a kind that nobody does, after so many attempts."""
    async with app.database() as database:
        return str(
            await database.fetchval(
                "INSERT INTO system.jobs (name, key, payload, attempts, correlation)"
                " VALUES ('probe', 'probe-' || $1::int, '{}', $1::int, 'probe') RETURNING id",
                attempts,
            )
        )


async def until(app: App, job: str, state: str, attempts: int) -> Json:
    """The job as soon as it is in this state after so many attempts."""
    shown: Json = None
    try:
        async with asyncio.timeout(15):
            while not shown or (shown["state"], shown["attempts"]) != (state, attempts):
                await asyncio.sleep(0.1)
                shown = (await app.call("Job.read", by="admin", row=job, expect=200)).body
    except TimeoutError:
        pytest.fail(f"expected {state} after {attempts} attempts, but the job is {shown}")
    return shown


@pytest.mark.shows(1)
async def test_what_fails_waits_is_given_up_after_its_attempts_and_is_tried_again_from_the_first(start: Start) -> None:
    app = await start(settings={"jobs.attempts": 3})
    young, old = await waiting(app, 0), await waiting(app, 2)
    shown = await until(app, young, "waiting", 1)
    assert shown["last_error"]
    assert shown["run_at"] > shown["created_at"]
    assert (await until(app, old, "dead", 3))["last_error"]
    await app.call("Job.retry", by="admin", row=old, expect=200)
    await until(app, old, "waiting", 1)


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
    assert (shown["state"] != "dead", shown["attempts"] <= 1) == (True, True)
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
@pytest.mark.beside("email_notifications")
async def test_what_waited_when_the_process_was_killed_is_done_by_the_next(start: Start) -> None:
    app = await start()
    await app.instance.fault("mail", down=True)
    await app.call("send_test_mail", by="admin", expect=200)
    other = await start(beside=app)
    await app.instance.kill()
    await other.instance.fault("mail", down=False)
    assert await other.mail(await app.person("admin"), subject="can send mail", within=90)


@pytest.mark.shows(1)
@pytest.mark.beside("email_notifications")
async def test_two_processes_do_each_job_once(start: Start) -> None:
    app = await start()
    other = await start(beside=app)
    admin = await app.person("admin")
    for number in range(8):
        await (app, other)[number % 2].call("send_test_mail", by=admin, expect=200)
    async with app.database() as database:
        for _ in range(300):
            left = await database.fetchval("SELECT count(*) FROM system.jobs WHERE finished_at IS NULL")
            if left == 0:
                break
            await asyncio.sleep(0.1)
    assert left == 0
    mails = [mail for mail in app.instance.mails(admin.email) if "can send mail" in str(mail.body["subject"])]
    assert len(mails) == 8
