"""Whether an account exists cannot be learnt from how a login fails."""

from statistics import median

import pytest

from stackwright_runtime_validator.app import App

ROUNDS = 5
TRIES = 3
# Ratio of the medians. Hashing takes a hundred milliseconds and an answer without it a few, so one that skips it is far
# above.
MOST = 2.5


@pytest.mark.shows(4)
async def test_wrong_address_and_wrong_password_take_about_the_same_time(app: App) -> None:
    # She registers here, so that her password is stored at the cost that the application has in production.
    somebody = await app.person("each")
    known, unknown = [], []
    for _ in range(ROUNDS):
        # In turn, so that whatever else the machine does slows both.
        for number in range(TRIES):
            for email, taken in ((somebody.email, known), (f"nobody{number}@example.org", unknown)):
                answer = await app.call("login", {"email": email, "password": "not her password"}, expect=401)
                taken.append(answer.seconds)
        fast, slow = sorted((median(known), median(unknown)))
        # A true difference stays, however often it is measured; one that the machine made does not.
        if slow / fast < MOST:
            return
    pytest.fail(f"medians are {median(known) * 1000:.0f} ms and {median(unknown) * 1000:.0f} ms")


@pytest.mark.shows(4)
async def test_wrong_address_and_wrong_password_get_the_same_answer(app: App) -> None:
    ann = await app.person("ann")
    answers = []
    for email in (ann.email, "nobody@example.org"):
        headers = {"x-correlation-id": "same"}
        answer = await app.call("login", {"email": email, "password": "not her password"}, headers=headers, expect=401)
        answers.append((answer.body, sorted(set(answer.headers) - {"date"})))
    assert answers[0] == answers[1]
