"""Whether an account exists cannot be learnt from how a login fails."""

from statistics import median

import pytest

from stackwright_runtime_validator.app import App

TRIES = 9
# Ratio of the medians. Hashing takes a hundred milliseconds and an answer without it a few, so one that skips it is far above.
MOST = 2.5


@pytest.mark.shows(4)
async def test_wrong_address_and_wrong_password_take_about_the_same_time(app: App) -> None:
    ann = await app.person("ann")
    known, unknown = [], []
    # In turn, so that whatever else the machine does slows both.
    for number in range(TRIES):
        for email, taken in ((ann.email, known), (f"nobody{number}@example.org", unknown)):
            answer = await app.call("login", {"email": email, "password": "not her password"}, expect=401)
            taken.append(answer.seconds)
    fast, slow = sorted((median(known), median(unknown)))
    assert slow / fast < MOST, f"medians are {median(known) * 1000:.0f} ms and {median(unknown) * 1000:.0f} ms"


@pytest.mark.shows(4)
async def test_wrong_address_and_wrong_password_get_the_same_answer(app: App) -> None:
    ann = await app.person("ann")
    answers = []
    for email in (ann.email, "nobody@example.org"):
        headers = {"x-correlation-id": "same"}
        answer = await app.call("login", {"email": email, "password": "not her password"}, headers=headers, expect=401)
        answers.append((answer.body, sorted(set(answer.headers) - {"date"})))
    assert answers[0] == answers[1]
