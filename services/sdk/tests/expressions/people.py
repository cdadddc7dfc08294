# ruff: noqa: E501 - a table reads by line
"""A small contract with every shape of relation, and a world of rows for it."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

from stackwright.contract.v1 import contract_pb2
from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import names_pb2 as n
from stackwright_sdk.expressions import ContractIndex
from stackwright_sdk.expressions.python import RowKey, World

from .written import V, Writer

K = m.FieldKind
NOW = datetime.datetime(2026, 3, 15, 12, 0, tzinfo=datetime.UTC)


def field(
    model: str, name: str, kind: m.FieldKind, *, optional: bool = False, column: str = "", **type_keys: Any
) -> m.Field:
    reference = kind in (K.FIELD_KIND_REF, K.FIELD_KIND_ANY)
    none = kind in (K.FIELD_KIND_MANY, K.FIELD_KIND_LINKS)
    extra = [f"{name}_type"] if kind == K.FIELD_KIND_ANY else []
    names = n.FieldNames(
        column=column or ("" if none else f"{name}_id" if reference else name), extra_columns=extra, json=name
    )
    return m.Field(
        id=f"people/{model}/{name}", name=name, type=m.FieldType(kind=kind, **type_keys), optional=optional, names=names
    )


def model(name: str, table: str, *fields: m.Field, **keys: Any) -> m.Model:
    return m.Model(
        id=f"people/{name}",
        name=name,
        feature="people",
        names=n.ModelNames(table=table, class_name=name),
        fields=fields,
        **keys,
    )


def _join(table: str, near: str, far: str) -> m.Join:
    return m.Join(table=table, near_column=near, far_column=far)


def contract(*, roles: bool = True) -> contract_pb2.Contract:
    """People with teams, tags, notes; with role tables or without."""
    user_fields = [
        field("User", "name", K.FIELD_KIND_STRING),
        field("User", "email", K.FIELD_KIND_EMAIL, optional=True),
        field("User", "age", K.FIELD_KIND_INT, optional=True),
        field("User", "level", K.FIELD_KIND_INT),
        field("User", "score", K.FIELD_KIND_DECIMAL, optional=True, precision=8, scale=2),
        field("User", "pay", K.FIELD_KIND_DECIMAL, precision=12, scale=2),
        field("User", "active", K.FIELD_KIND_BOOL),
        field("User", "born", K.FIELD_KIND_DATE, optional=True),
        field("User", "hired", K.FIELD_KIND_DATE),
        field("User", "joined_at", K.FIELD_KIND_TIMESTAMP),
        field("User", "left_at", K.FIELD_KIND_TIMESTAMP, optional=True),
        field("User", "wakes", K.FIELD_KIND_TIME),
        field("User", "zone", K.FIELD_KIND_TIMEZONE),
        field("User", "state", K.FIELD_KIND_ENUM, members=["fresh", "known", "gone"]),
        field("User", "address", K.FIELD_KIND_IP),
        field("User", "boss", K.FIELD_KIND_REF, optional=True, targets=["people/User"]),
        field("User", "team", K.FIELD_KIND_REF, optional=True, targets=["people/Team"]),
        field("User", "home", K.FIELD_KIND_REF, targets=["people/Team"]),
        field("User", "reports", K.FIELD_KIND_MANY, inverse_field_id="people/User/boss"),
        field("User", "notes", K.FIELD_KIND_MANY, inverse_field_id="people/Note/author"),
        field("User", "mentions", K.FIELD_KIND_MANY, inverse_field_id="people/Note/about"),
        field("User", "tags", K.FIELD_KIND_LINKS, targets=["people/Tag"], join=_join("user_tags", "user_id", "tag_id")),
    ]
    models = []
    if roles:
        user_fields.append(
            field(
                "User",
                "roles",
                K.FIELD_KIND_LINKS,
                targets=["people/Role"],
                join=_join("user_roles", "user_id", "role_id"),
            )
        )
        models += [
            model("Role", "roles", field("Role", "name", K.FIELD_KIND_STRING),
                  field("Role", "permissions", K.FIELD_KIND_LINKS, targets=["people/Permission"], join=_join("role_permissions", "role_id", "permission_id")),
                  field("Role", "users", K.FIELD_KIND_MANY, inverse_field_id="people/User/roles")),
            model("Permission", "permissions", field("Permission", "key", K.FIELD_KIND_STRING)),
        ]  # fmt: skip
    else:
        user_fields.append(field("User", "role_names", K.FIELD_KIND_JSON))
    twice = field("User", "double_pay", K.FIELD_KIND_DECIMAL)
    user_fields.append(twice)
    models += [
        model("User", "users", *user_fields, delete_mode=m.DELETE_MODE_SOFT, display_field_id="people/User/name"),
        model("Team", "teams", field("Team", "name", K.FIELD_KIND_STRING), field("Team", "open", K.FIELD_KIND_BOOL),
              field("Team", "lead", K.FIELD_KIND_REF, optional=True, targets=["people/User"]),
              field("Team", "members", K.FIELD_KIND_MANY, inverse_field_id="people/User/team"), display_field_id="people/Team/lead"),
        model("Tag", "tags", field("Tag", "name", K.FIELD_KIND_STRING), field("Tag", "people", K.FIELD_KIND_MANY, inverse_field_id="people/User/tags")),
        model("Note", "notes", field("Note", "body", K.FIELD_KIND_TEXT), field("Note", "stars", K.FIELD_KIND_INT),
              field("Note", "author", K.FIELD_KIND_REF, targets=["people/User"]),
              field("Note", "about", K.FIELD_KIND_ANY, optional=True, targets=["people/User", "people/Team"])),
    ]  # fmt: skip
    made = contract_pb2.Contract(
        models=models,
        permissions=[contract_pb2.Permission(key="people.manage", roles=["admin"]), contract_pb2.Permission(key="people.read", roles=["admin", "clerk"])],
        roles=[contract_pb2.Role(name="admin", permissions=["people.manage", "people.read"]), contract_pb2.Role(name="clerk", permissions=["people.read"])],
        settings=[contract_pb2.Setting(key="people.adult", type=m.FieldType(kind=K.FIELD_KIND_INT), property="peopleAdult"),
                  contract_pb2.Setting(key="docs.public", type=m.FieldType(kind=K.FIELD_KIND_BOOL), property="docsPublic")],
    )  # fmt: skip
    _rules(made)
    return made


def _rules(made: contract_pb2.Contract) -> None:
    writer = Writer(made)
    by_name = {item.name: item for item in made.models}

    def access(model_name: str, **rules: Any) -> None:
        for operation, rule in rules.items():
            getattr(by_name[model_name].access, operation).CopyFrom(e.Expression(root=rule.node))  # type: ignore[attr-defined]

    this, team, note = writer.this("User"), writer.this("Team"), writer.this("Note")
    access(
        "User", read=writer.bool_root(e.ROOT_SIGNED_IN), update=(this == writer.actor()) | writer.can("people.manage")
    )
    access(
        "Team",
        read=team.open | team.members.exists(lambda x: x == writer.actor(), "member"),
        update=writer.can("people.manage"),
    )
    access(
        "Note",
        read=writer.call(e.FUNCTION_READABLE, V.VALUE_KIND_BOOL, note.author),
        update=note.author == writer.actor(),
    )
    twice = next(item for item in by_name["User"].fields if item.name == "double_pay")
    twice.value.CopyFrom(e.Expression(root=(this.pay * 2).node))
    twice.names.column = ""


def key(model_name: str, number: int) -> RowKey:
    return RowKey(f"people/{model_name}", str(uuid.UUID(int=(hash_of(model_name) << 64) + number)))


def hash_of(model_name: str) -> int:
    return {"User": 1, "Team": 2, "Tag": 3, "Note": 4, "Role": 5, "Permission": 6}[model_name]


def _user(number: int, name: str, **values: object) -> dict[str, object]:
    born = values.pop("born", None)
    return {
        "id": key("User", number).id, "created_at": NOW + datetime.timedelta(seconds=number), "deleted_at": None, "name": name,
        "email": None, "age": None, "level": 1, "score": None, "pay": Decimal("100.00"), "active": True, "born": born,
        "hired": datetime.date(2024, 2, 29), "joined_at": datetime.datetime(2026, 1, 31, 23, 30, tzinfo=datetime.UTC), "left_at": None,
        "wakes": datetime.time(7, 30), "zone": "Europe/Berlin", "state": "known", "address": "10.1.2.3", "boss": None, "team": None,
        "home": key("Team", 1).id, "role_names": [], **values,
    }  # fmt: skip


def world() -> World:
    """Ann leads team One, Bob is in it and reports to Ann, Cyd has left, Dan was deleted."""
    stamp = {"created_at": NOW, "deleted_at": None}
    users = [
        _user(1, "Ann", email="Ann@Example.org", age=40, level=3, score=Decimal("7.25"), born=datetime.date(1986, 5, 1), role_names=["admin"], team=key("Team", 1).id),
        _user(2, "Bob", age=17, level=-7, pay=Decimal("33.33"), boss=key("User", 1).id, team=key("Team", 1).id, active=False, role_names=["clerk"]),
        _user(3, "  Cyd\t", score=Decimal("-2.50"), level=2, pay=Decimal("0.05"), boss=key("User", 2).id, state="gone", left_at=NOW, zone="Pacific/Auckland"),
        _user(4, "Dan", deleted_at=NOW, boss=key("User", 1).id, team=key("Team", 1).id, level=9),
    ]  # fmt: skip
    teams = [{"id": key("Team", 1).id, "name": "One", "open": False, "lead": key("User", 1).id, **stamp},
             {"id": key("Team", 2).id, "name": "Two", "open": True, "lead": None, **stamp}]  # fmt: skip
    tags = [{"id": key("Tag", number).id, "name": name, **stamp} for number, name in enumerate(["red", "blue"], 1)]
    notes = [
        {
            "id": key("Note", 1).id,
            "body": "hello",
            "stars": 5,
            "author": key("User", 1).id,
            "about": key("User", 2),
            **stamp,
        },
        {
            "id": key("Note", 2).id,
            "body": "",
            "stars": 2,
            "author": key("User", 1).id,
            "about": key("Team", 1),
            **stamp,
        },
        {"id": key("Note", 3).id, "body": "née 😀", "stars": 0, "author": key("User", 2).id, "about": None, **stamp},
    ]
    roles = [{"id": key("Role", number).id, "name": name, **stamp} for number, name in enumerate(["admin", "clerk"], 1)]
    permissions = [
        {"id": key("Permission", number).id, "key": name, **stamp}
        for number, name in enumerate(["people.manage", "people.read"], 1)
    ]
    return World(
        rows={"people/User": users, "people/Team": teams, "people/Tag": tags, "people/Note": notes, "people/Role": roles, "people/Permission": permissions},  # type: ignore[dict-item]
        links={
            "user_tags": [(key("User", 1).id, key("Tag", 1).id), (key("User", 1).id, key("Tag", 2).id), (key("User", 2).id, key("Tag", 1).id), (key("User", 4).id, key("Tag", 1).id)],
            "user_roles": [(key("User", 1).id, key("Role", 1).id), (key("User", 2).id, key("Role", 2).id)],
            "role_permissions": [(key("Role", 1).id, key("Permission", 1).id), (key("Role", 1).id, key("Permission", 2).id), (key("Role", 2).id, key("Permission", 2).id)],
        },
        actor=key("User", 1),
        permissions=frozenset({"people.read"}),
        settings={"people.adult": 18, "docs.public": True},
        objects={"input": {"title": "Ten", "count": 3, "limit": None, "user": key("User", 2).id, "words": ["red", "gold"], "due": NOW,
                           "items": [{"user": key("User", 1).id, "count": 2}, {"user": key("User", 2).id, "count": 5}]}},
        now=NOW,
    )  # fmt: skip


CONTRACT = contract()
INDEX = ContractIndex(CONTRACT)
