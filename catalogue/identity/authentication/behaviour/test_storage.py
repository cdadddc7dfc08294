"""What the database holds of passwords and tokens."""

import re

import pytest

from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.plugin import Start

# bcrypt at a cost of 10 or more, scrypt with 16 MiB or more, or Argon2.
ADAPTIVE = re.compile(r"^\$2[aby]\$(1\d|2\d|3[01])\$|^\$argon2(id|i|d)\$|^\$scrypt\$ln=(1[4-9]|2\d),")


@pytest.mark.shows(3)
async def test_passwords_are_stored_with_an_adaptive_hash(app: App) -> None:
    # Registered here, at the cost that the application has in production; ann was there before.
    somebody = await app.person("each")
    async with app.database() as database:
        column = app.column("User", "password")
        stored = await database.fetchval(f"SELECT {column} FROM {app.table('User')} WHERE email = $1", somebody.email)
    assert stored, "no hash is stored"
    assert ADAPTIVE.match(stored), f"{stored[:12]}… is not a memory-hard or adaptive hash"


@pytest.mark.shows(3)
async def test_equal_passwords_are_stored_differently(app: App) -> None:
    for number in (1, 2):
        values = {"email": f"same{number}@example.org", "name": "Same", "password": "correct horse battery"}
        await app.call("register", values, expect=200)
    async with app.database() as database:
        column = app.column("User", "password")
        stored = await database.fetch(f"SELECT {column} FROM {app.table('User')} WHERE email LIKE 'same%'")
    assert len({row[0] for row in stored}) == 2, "the hash has no salt"


@pytest.mark.shows(3)
async def test_no_table_holds_a_password_or_a_token_as_it_is(app: App) -> None:
    secret = "correct horse battery staple"
    body = (await app.call("register", {"email": "p@example.org", "name": "P", "password": secret}, expect=200)).body
    tokens = body["tokens"]
    await app.call("login", {"email": "p@example.org", "password": "a wrong horse battery"}, expect=401)
    for name, text in await everything(app):
        for kept in (secret, "a wrong horse battery", tokens["access_token"], tokens["refresh_token"]):
            assert kept not in text, f"table {name} holds a secret as it is"


@pytest.mark.shows(3)
async def test_the_end_of_a_long_password_counts(app: App) -> None:
    start = "a long sentence that goes on and on and on until it is longer than seventy-two bytes, "
    await app.call("register", {"email": "l@example.org", "name": "L", "password": f"{start} one"}, expect=200)
    await app.call("login", {"email": "l@example.org", "password": f"{start} two"}, expect=401)
    await app.call("login", {"email": "l@example.org", "password": f"{start} one"}, expect=200)


@pytest.mark.shows(2)
async def test_refresh_tokens_are_stored_hashed(app: App) -> None:
    ann = await app.person("ann")
    async with app.database() as database:
        column = app.column("RefreshToken", "token")
        stored = await database.fetch(f"SELECT {column}::text FROM {app.table('RefreshToken')}")
    assert stored, "no refresh token is stored"
    assert all(ann.refresh_token not in row[0] for row in stored)
    assert all(len(row[0]) >= 40 for row in stored), "what is stored is too short for a hash"


@pytest.mark.shows(1)
async def test_refresh_tokens_live_seven_days(app: App) -> None:
    async with app.database() as database:
        days = await database.fetchval(
            f"SELECT max(extract(epoch FROM expires_at - now()) / 86400)::float8 FROM {app.table('RefreshToken')}"
            if await has_expiry(app, "RefreshToken")
            else f"SELECT max(extract(epoch FROM expires_at - now()) / 86400)::float8 FROM {app.table('Session')}"
        )
    assert days == pytest.approx(7, abs=0.02)


@pytest.mark.shows(1)
async def test_an_expired_refresh_token_is_refused(start: Start) -> None:
    app = await start()
    body = (
        await app.call("register", {"email": "x@example.org", "name": "X", "password": "correct horse battery"})
    ).body
    async with app.database() as database:
        for model in ("RefreshToken", "Session"):
            if await has_expiry(app, model):
                await database.execute(f"UPDATE {app.table(model)} SET expires_at = now() - interval '1 second'")
    await app.call("refresh", {"refresh_token": body["tokens"]["refresh_token"]}, expect=401)


async def has_expiry(app: App, model: str) -> bool:
    async with app.database() as database:
        found = await database.fetchval(
            "SELECT count(*) FROM information_schema.columns WHERE table_name = $1 AND column_name = 'expires_at'",
            app.model(model).names.table,
        )
    return bool(found)


async def everything(app: App) -> list[tuple[str, str]]:
    """Each table with all of its rows as text."""
    async with app.database() as database:
        tables = await database.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        names = [row["name"] for row in tables]
        return [
            (name, await database.fetchval(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {name} t"))
            for name in names
        ]
