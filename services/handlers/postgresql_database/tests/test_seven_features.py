"""What the database of the seven features does by itself."""

from __future__ import annotations

import asyncio
import datetime
import json
import random

import asyncpg
import pytest

from .conftest import add, contract, database_files, user, violated

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_foreign_key_has_an_index(db: asyncpg.Connection, wide: asyncpg.Connection) -> None:
    for connection in (db, wide):
        bare = await connection.fetch("""
            SELECT conrelid::regclass::text AS table, conname FROM pg_constraint AS c
            WHERE contype = 'f' AND NOT EXISTS (
              SELECT 1 FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL
                AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey)""")
        assert bare == []


async def test_an_address_is_one_persons_whatever_became_of_another(db: asyncpg.Connection) -> None:
    ann = await user(db, "ann")
    assert await violated(db, "INSERT INTO users (email, name) VALUES ('ann@example.org', 'x')") == "users_email_key"
    await db.execute("UPDATE users SET deleted_at = now() WHERE id = $1", ann)
    await user(db, "ann")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ("('Ann@example.org', 'Ann')", "users_email_check"),
        ("('ann', 'Ann')", "users_email_check"),
        ("('ann@example.org', '')", "users_name_check"),
        (f"('ann@example.org', '{'x' * 121}')", "users_name_check"),
    ],
)
async def test_types_are_checked_by_name(db: asyncpg.Connection, values: str, constraint: str) -> None:
    assert await violated(db, f"INSERT INTO users (email, name) VALUES {values}") == constraint


async def test_a_change_is_counted_and_dated(db: asyncpg.Connection) -> None:
    ann = await user(db, "ann")
    await db.execute("UPDATE users SET name = 'Anna', updated_at = '2000-01-01' WHERE id = $1", ann)
    row = await db.fetchrow("SELECT row_version, updated_at >= created_at AS dated FROM users WHERE id = $1", ann)
    assert row is not None
    assert (row["row_version"], row["dated"]) == (2, True)


async def test_a_derived_change_is_nobodys_change(db: asyncpg.Connection) -> None:
    ann = await user(db, "ann")
    role = await db.fetchval("SELECT id FROM roles WHERE name = 'auditor'")
    before = await db.fetchrow("SELECT row_version, admins FROM roles WHERE id = $1", role)
    await db.execute("INSERT INTO users_roles (user_id, role_id) VALUES ($1, $2)", ann, role)
    after = await db.fetchrow("SELECT row_version, admins FROM roles WHERE id = $1", role)
    assert before is not None
    assert after is not None
    assert (after["admins"], after["row_version"]) == (1, before["row_version"])


async def test_a_deletion_leaves_its_event_also_by_cascade_and_without_secrets(db: asyncpg.Connection) -> None:
    ann = await user(db, "ann")
    session = await add(db, "sessions", user_id=ann, last_used_at=_moment(), expires_at=_moment())
    await add(db, "refresh_tokens", session_id=session, token_hash="c0ffee", expires_at=_moment())
    async with db.transaction():
        await db.execute(f"SET LOCAL app.actor = '{ann}'")
        await db.execute("SET LOCAL app.correlation = 'probe-1'")
        await db.execute("SET LOCAL app.address = '10.0.0.1'")
        await db.execute("DELETE FROM sessions WHERE id = $1", session)
    events = await db.fetch(
        "SELECT event, row_id, before, actor_id, host(address), correlation FROM system.outbox ORDER BY event"
    )
    assert [event["event"] for event in events] == ["RefreshToken.deleted", "Session.deleted"]
    assert {(str(event["actor_id"]), event["host"], event["correlation"]) for event in events} == {
        (ann, "10.0.0.1", "probe-1")
    }
    token = json.loads(events[0]["before"])
    assert token["token"] == "***"
    assert "token_hash" not in token
    assert str(events[1]["row_id"]) == session


async def test_the_log_is_append_only(db: asyncpg.Connection) -> None:
    entry = {"action": "User.created", "target_model": "User", "correlation": "c"}
    await add(db, "audit_entries", target_id=await user(db, "ann"), **entry)
    for statement in ("UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"):
        assert await violated(db, statement) == "audit_entries_frozen"


async def test_a_built_in_role_keeps_its_name_but_not_its_description(db: asyncpg.Connection) -> None:
    assert await violated(db, "UPDATE roles SET name = 'root' WHERE name = 'admin'") == "roles_frozen"
    assert await violated(db, "DELETE FROM roles WHERE name = 'auditor'") == "roles_frozen"
    await db.execute("UPDATE roles SET description = 'Everything' WHERE name = 'admin'")
    own = await add(db, "roles", name="Helper")
    await db.execute("UPDATE roles SET name = 'Assistant' WHERE id = $1", own)
    assert await violated(db, "INSERT INTO roles (name) VALUES ('ASSISTANT')") in _unique_names()
    await db.execute("DELETE FROM roles WHERE id = $1", own)


async def test_seeds_bring_what_is_new_and_leave_what_people_changed(db: asyncpg.Connection) -> None:
    seeds = database_files("seven_features")["database/seeds/0001_permissions_and_roles.sql"]
    admin = "SELECT count(*) FROM roles_permissions AS rp JOIN roles AS r ON r.id = rp.role_id WHERE r.name = 'admin'"
    everything = await db.fetchval("SELECT count(*) FROM permissions")
    assert await db.fetchval(admin) == everything
    await db.execute(
        "DELETE FROM roles_permissions WHERE permission_id = (SELECT id FROM permissions WHERE key = 'audit.read')"
    )
    await db.execute(seeds)
    assert await db.fetchval(admin) == everything - 1, "what was taken back stays so"
    newer = seeds.replace(
        "('audit.read', 'Read the audit log'),", "('audit.read', 'Read the log'), ('audit.purge', 'Purge'),"
    )
    newer = newer.replace("('admin', 'audit.read'),", "('admin', 'audit.read'), ('admin', 'audit.purge'),")
    await db.execute(newer)
    assert await db.fetchval(admin) == everything, "a new permission is granted"
    assert await db.fetchval("SELECT title FROM permissions WHERE key = 'audit.read'") == "Read the log"


async def test_the_last_administrator_stays_by_whatever_path(db: asyncpg.Connection) -> None:
    ann, bob = await user(db, "ann"), await user(db, "bob")
    admin = await db.fetchval("SELECT id FROM roles WHERE name = 'admin'")
    await db.executemany("INSERT INTO users_roles VALUES ($1, $2)", [(ann, admin), (bob, admin)])
    await db.execute("UPDATE users SET active = FALSE WHERE id = $1", bob)
    last = _last_administrator_rule()
    for statement in (
        "UPDATE users SET active = FALSE WHERE id = $1",
        "UPDATE users SET deleted_at = now() WHERE id = $1",
        "DELETE FROM users_roles WHERE user_id = $1",
        "DELETE FROM users WHERE id = $1",
    ):
        assert await violated(db, statement, ann) == last
    await db.execute("UPDATE users SET active = TRUE WHERE id = $1", bob)
    await db.execute("UPDATE users SET active = FALSE WHERE id = $1", ann)


async def test_of_administrators_who_remove_each_other_at_once_one_is_left(seven: str, db: asyncpg.Connection) -> None:
    admin = await db.fetchval("SELECT id FROM roles WHERE name = 'admin'")
    people = [await user(db, f"admin{number}") for number in range(8)]
    await db.executemany("INSERT INTO users_roles VALUES ($1, $2)", [(person, admin) for person in people])
    connections = await _connections(seven, 8)

    async def leave(connection: asyncpg.Connection, person: str) -> bool:
        try:
            await connection.execute("UPDATE users SET deleted_at = now() WHERE id = $1", person)
        except asyncpg.CheckViolationError:
            return False
        return True

    gone = await asyncio.gather(*map(leave, connections, people))
    assert sum(gone) == 7
    assert await db.fetchval("SELECT admins FROM roles WHERE id = $1", admin) == 1
    await _close(connections)


async def test_a_stored_value_stays_exact_under_eight_connections(seven: str, db: asyncpg.Connection) -> None:
    roles = [await add(db, "roles", name=f"role {number}") for number in range(2)]
    people = [await user(db, f"user{number}") for number in range(40)]
    connections = await _connections(seven, 8)

    async def work(connection: asyncpg.Connection, seed: int) -> int:
        choose, done = random.Random(seed), 0
        for _ in range(120):
            person, role = choose.choice(people), choose.choice(roles)
            statement, values = choose.choice(
                [
                    ("INSERT INTO users_roles VALUES ($1, $2) ON CONFLICT DO NOTHING", (person, role)),
                    ("DELETE FROM users_roles WHERE user_id = $1 AND role_id = $2", (person, role)),
                    ("UPDATE users SET active = NOT active WHERE id = $1", (person,)),
                    (
                        "UPDATE users SET deleted_at = CASE WHEN deleted_at IS NULL THEN now() END WHERE id = $1",
                        (person,),
                    ),
                ]
            )
            try:
                await connection.execute(statement, *values)
                done += 1
            except asyncpg.DeadlockDetectedError:
                continue
        return done

    done = await asyncio.gather(*(work(connection, number) for number, connection in enumerate(connections)))
    wrong = await db.fetch("""
        SELECT r.name, r.admins, count(u.id) AS real FROM roles AS r
        LEFT JOIN users_roles AS ur ON ur.role_id = r.id
        LEFT JOIN users AS u ON u.id = ur.user_id AND u.active AND u.deleted_at IS NULL
        GROUP BY r.id HAVING r.admins <> count(u.id)""")
    assert wrong == []
    assert sum(done) == 960, "no deadlock: parents are locked in order of id"
    await _close(connections)


def _moment() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _unique_names() -> set[str]:
    from .conftest import contract

    return {
        rule.constraint_name
        for model in contract("seven_features").models
        for rule in model.rules
        if rule.HasField("unique")
    }


def _last_administrator_rule() -> str:
    rules = [rule for model in contract("seven_features").models if model.name == "Role" for rule in model.rules]
    return next(rule.constraint_name for rule in rules if "old.admins" in rule.check.condition.source)


async def _connections(address: str, count: int) -> list[asyncpg.Connection]:
    return [await asyncpg.connect(address) for _ in range(count)]


async def _close(connections: list[asyncpg.Connection]) -> None:
    for connection in connections:
        await connection.close()
