"""Identifiers: valid in every language, unique in their space, and the same for the same names."""

from __future__ import annotations

import random
import re
import string

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.naming import reserved
from stackwright_registry.naming.names import Space, project_names
from stackwright_registry.naming.words import article, moment_label, plural, words

from .support import contract_of, problems_of

IDENTIFIER = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
HOSTILE_MODELS = [
    *("Order", "Class", "Group", "From", "Key", "Table", "Select", "Index", "Default"),
    *("Map", "Error", "Result", "Document", "Promise", "Object", "Symbol", "Date", "Node", "Event"),
    *("Audio", "Chassis", "Metadata", "Series", "News", "Sheep"),
    *("constructor", "__proto__", "hasOwnProperty", "toString", "prototype"),
    *("2Fast", "Straße", "Größe", "Δοκιμή", "заказ", "顧客", "顧客情報", "emoji 🎉", "a b-c.d/e"),
    *("con", "NUL", "COM1", "Con Artist", "Metric", "Live"),
    "X" * 200,
    "X" * 199 + "Y",
    "Case Study",
    "CASESTUDY",
]
HOSTILE_FIELDS = [
    *("class", "from", "key", "order", "user", "group", "constructor", "__proto__", "toString", "then", "save"),
    *("id", "created_at", "row_version", "deleted_at", "can", "ctid", "xmin", "tableoid", "default", "check"),
    *("Straße", "顧客", "1st", "a b", "αβγ", "self", "lambda", "None", "X" * 200, "X" * 199 + "Y"),
]


def hostile() -> contract.Contract:
    fields = dict.fromkeys(HOSTILE_FIELDS, "string(1..80) filter sort search")
    entities = {name: {"fields": {**fields, "other": f"ref {'Order'} optional"}} for name in HOSTILE_MODELS}
    return contract_of("", entities)


@pytest.fixture(scope="module")
def named() -> contract.Contract:
    return hostile()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("numberOfCTNs", ["number", "of", "ctns"]),
        ("URLsOfThem", ["urls", "of", "them"]),
        ("BOQs", ["boqs"]),
        ("HTTPServer", ["http", "server"]),
        ("isDNSSafe", ["is", "dns", "safe"]),
        ("Ids", ["ids"]),
    ],
)
def test_abbreviations_are_one_word_in_the_plural_too(text: str, parts: list[str]) -> None:
    assert words(text) == parts


def test_every_identifier_is_one_in_its_language(named: contract.Contract) -> None:
    for model in named.models:
        names = model.names
        for name in (names.table, names.python_variable, names.python_plural, names.primary_key_name, names.sql_prefix):
            assert re.fullmatch(r"[a-z_][a-z0-9_]*", name), name
            assert len(name.encode()) <= 63
        assert names.table not in reserved.SQL
        assert IDENTIFIER.match(names.class_name)
        assert names.class_name not in reserved.CLASSES
        for name in (names.variable, names.plural_variable):
            assert IDENTIFIER.match(name)
            assert name.lower() not in reserved.JAVASCRIPT
        assert names.variable != names.plural_variable
        assert names.python_variable != names.python_plural
        assert names.python_variable not in reserved.PYTHON
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", names.path)
        assert names.file not in reserved.DEVICES
        assert len(names.file) <= 60


def test_every_column_and_property_is_one(named: contract.Contract) -> None:
    for model in named.models:
        columns = [name for field in model.fields for name in (field.names.column, *field.names.extra_columns) if name]
        assert len(set(columns)) == len(columns)
        properties = [
            name for field in model.fields for name in (field.names.property, field.names.id_property) if name
        ]
        assert len(set(properties)) == len(properties)
        assert not set(columns) & (reserved.SQL | reserved.IMPLIED)
        assert not (set(properties) | set(columns)) & reserved.MEMBERS
        for field in model.fields:
            assert re.fullmatch(r"[a-z_][a-z0-9_]*", field.names.json), field.name
            assert field.names.json not in reserved.IMPLIED | reserved.UNSAFE
            assert field.names.python_attribute not in reserved.PYTHON
            assert len(field.names.column.encode()) <= 63


def test_what_must_be_unique_is(named: contract.Contract) -> None:
    def unique(names: list[str]) -> None:
        folded = [name.lower() for name in names if name]
        assert len(set(folded)) == len(folded), sorted(name for name in folded if folded.count(name) > 1)

    models = named.models
    unique([model.names.class_name for model in models])
    unique([model.names.path for model in models])
    unique([model.names.file for model in models])
    unique([operation.names.operation_id for operation in named.operations])
    unique([page.names.component for page in named.pages])
    unique([page.path for page in named.pages if page.path])
    sql = [name for model in models for name in (model.names.table, model.names.primary_key_name)]
    for model in models:
        for field in model.fields:
            names = field.names
            sql += [names.check_name, names.index_name, names.unique_name, names.foreign_key_name]
        sql += [rule.constraint_name for rule in model.rules]
    unique(sql)
    addresses = [(operation.method, path) for operation in named.operations for path in (operation.path,)]
    assert len(set(addresses)) == len(addresses)


def test_names_are_the_same_for_the_same_request(named: contract.Contract) -> None:
    assert hostile().SerializeToString(deterministic=True) == named.SerializeToString(deterministic=True)


def test_people_read_what_they_wrote(named: contract.Contract) -> None:
    labels = {model.names.label for model in named.models}
    assert {"Straße", "заказ", "顧客", "Case Study"} <= labels


@pytest.mark.parametrize(
    ("entities", "place"),
    [
        ({"Order": {"fields": {}}, "order": {"fields": {}}}, "domain.entities.order"),
        ({"Big Deal": {"fields": {}}, "BigDeal": {"fields": {}}}, "domain.entities.BigDeal"),
        ({"A": {"fields": {"x y": "text", "x_y": "text"}}}, "domain.entities.A.fields.x_y"),
        ({"": {"fields": {}}}, "domain.entities."),
        ({"A\0B": {"fields": {}}}, "domain.entities.A\0B"),
        ({"X" * 201: {"fields": {}}}, "domain.entities." + "X" * 201),
    ],
)
def test_what_cannot_be_told_apart_is_refused_by_position(entities: dict[str, object], place: str) -> None:
    assert place in {str(problem.place) for problem in problems_of("", entities)}


def test_random_names_never_collide_or_break() -> None:
    random.seed(7)
    alphabet = string.ascii_letters + string.digits + "_- .äöüßñéλжж日本🎉'\"`;$%"
    entities: dict[str, object] = {}
    for number in range(60):
        name = "".join(random.choice(alphabet) for _ in range(random.randint(1, 60))) + f" {number}"
        entities[name] = {"fields": {"name": "string(1..80)", "links to": f"links {'User'}"}}
    result = contract_of("", entities)
    assert len({model.names.table for model in result.models}) == len(result.models)
    joins = [field.type.join.table for model in result.models for field in model.fields if field.type.join.table]
    assert len(set(joins)) == len(joins)
    assert all(len(name.encode()) <= 63 for name in joins)


@pytest.mark.parametrize(
    ("name", "slug", "database"),
    [
        ("Enterprise App", "enterprise-app", "enterprise_app"),
        ("../../etc", "etc", "etc"),
        ("..", "application", "application"),
        ("   ", "application", "application"),
        ("con", "con-app", "con_app"),
        ("NUL", "nul-app", "nul_app"),
        ("user", "user", "app_user"),
        ("pg_catalog", "pg-catalog", "app_pg_catalog"),
        ("a" * 300, None, None),
        ("Größe & Maß", "grosse-and-mass", "grosse_and_mass"),
        ("2fast", "n2-fast", "n2_fast"),
        ("rm -rf /; $(x)", "rm-rf-x", "rm_rf_x"),
    ],
)
def test_projects_are_named_safely(name: str, slug: str | None, database: str | None) -> None:
    project = project_names(name)
    assert project.name == name
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", project.slug)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", project.database)
    assert len(project.slug) <= 50
    if slug is not None:
        assert (project.slug, project.database) == (slug, database)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("category", "categories"),
        ("box", "boxes"),
        ("status", "statuses"),
        ("day", "days"),
        ("person", "people"),
        ("news", "news"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(words(one)) == [many]


def test_a_space_tells_equal_and_long_names_apart() -> None:
    space = Space(limit=20)
    assert [space.take("name"), space.take("NAME"), space.take("name")] == ["name", "NAME_2", "name_3"]
    long = [space.take("x" * 40), space.take("x" * 41)]
    assert len(set(long)) == 2
    assert all(len(name) <= 20 for name in long)


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ("an", ["audit entry", "Order", "invoice", "hour", "honest answer", "SMS", "MFA code", "ear"]),
        ("an", ["answer", "urgent ticket", "umbrella", "uninvited guest", "onion", "heirloom"]),
        ("a", ["user", "User", "unit", "university", "utility", "European", "one-time code", "URL", "UUID", "role"]),
        ("a", ["sample", "house", "history", "year", "usage report", "once-only link", "1st place"]),
    ],
)
def test_an_article_follows_the_sound(expected: str, texts: list[str]) -> None:
    assert {text: article(text) for text in texts} == dict.fromkeys(texts, expected)


def test_a_time_is_named_by_what_happened() -> None:
    assert [moment_label(name) for name in ("last_login_at", "sent_at", "at", "look_at_me", "blocks_until")] == [
        "Last login",
        "Sent",
        "At",
        "Look at me",
        "Blocks until",
    ]


def test_operations_and_times_are_named_as_people_say_them(agreed: contract.Contract) -> None:
    titles = {item.names.call: item.title for item in agreed.operations}
    assert titles["AuditEntry.read"] == "Read an audit entry"
    assert titles["User.read"] == "Read a user"
    labels = {field.id: field.names.label for model in agreed.models for field in model.fields}
    assert labels["authentication/User/last_login_at"] == "Last login"
    assert labels["audit_logging/AuditEntry/target_model"] == "Kind"
