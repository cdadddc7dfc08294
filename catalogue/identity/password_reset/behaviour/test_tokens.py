"""What the database holds of tokens, how long they live, and what the time of an answer tells."""

import statistics
import time

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start

NEW = "another long password"


async def token_for(app: App, label: str) -> str:
    person = await app.person(label)
    await app.call("forgot_password", {"email": person.email}, expect=200)
    mail = await app.mail(person, subject="Choose a new password")
    return str(mail.body["links"][0]["query"]["token"])


@pytest.mark.shows(1)
async def test_the_token_is_stored_hashed_and_logged_nowhere(start: Start) -> None:
    app = await start()
    token = await token_for(app, "ann")
    assert len(token) >= 43, "a token of fewer than 256 bits"
    async with app.database() as database:
        tables = await database.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for row in tables:
            text = await database.fetchval(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {row['name']} t")
            assert token not in text, f"{row['name']} holds the token as it is"
    assert token not in app.instance.log_text()
    await app.call("PasswordReset.confirm", {"token": token, "password": NEW}, expect=200)


@pytest.mark.shows(1)
async def test_the_token_lives_one_hour(start: Start) -> None:
    app = await start()
    token = await token_for(app, "ann")
    expires = app.column("PasswordReset", "token", number=1)
    async with app.database() as database:
        seconds = await database.fetchval(
            f"SELECT extract(epoch FROM {expires} - created_at)::float8 FROM {app.table('PasswordReset')}"
        )
        assert seconds == pytest.approx(3600, abs=5)
        await database.execute(f"UPDATE {app.table('PasswordReset')} SET {expires} = now() - interval '1 second'")
    await app.call("PasswordReset.confirm", {"token": token, "password": NEW}, expect=404)


@pytest.mark.shows(1)
async def test_time_and_answer_are_the_same_for_unknown_addresses(app: App) -> None:
    ann = await app.person("ann")
    taken: dict[str, list[float]] = {ann.email: [], "nobody@example.org": []}
    answers = set()
    for _ in range(15):
        for email, times in taken.items():
            begin = time.perf_counter()
            answer = await app.call("forgot_password", {"email": email}, expect=200)
            times.append(time.perf_counter() - begin)
            answers.add(str(answer.body))
    assert len(answers) == 1
    known, unknown = (statistics.median(times) for times in taken.values())
    assert abs(known - unknown) < max(0.01, 0.5 * min(known, unknown)), f"{known:.4f} s against {unknown:.4f} s"


@pytest.mark.shows(2)
async def test_every_session_of_that_user_ends_and_refreshes_no_more(start: Start) -> None:
    app = await start()
    token = await token_for(app, "ann")
    phone = await app.person("ann@phone")
    await app.call("PasswordReset.confirm", {"token": token, "password": NEW}, expect=200)
    await app.call("me", by=phone, expect=401)
    await app.call("refresh", {"refresh_token": phone.refresh_token}, expect=401)
    await app.call("me", by="bob", expect=200)
