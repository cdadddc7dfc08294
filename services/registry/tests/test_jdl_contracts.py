"""Whole texts of JDL become contracts, whatever their names are."""

from __future__ import annotations

import keyword
import random
from pathlib import Path

import pytest

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.jdl.compiling import compile_jdl
from stackwright_registry.naming import reserved
from stackwright_registry.problems import Problems
from stackwright_registry.resolving.draft import DomainInput, draft_contract

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "jdl"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.jdl")), ids=lambda path: path.stem)
def test_the_examples_become_contracts(catalogue: Catalogue, path: Path) -> None:
    text = path.read_text("utf-8")
    result = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    own = [item for item in result.models if item.provenance == model.PROVENANCE_REQUEST]
    assert len(own) == text.count("entity ")
    assert all(item.access.HasField("read") for item in own)


def test_jdl_and_json_are_one_domain(catalogue: Catalogue) -> None:
    json_entities = {"Invoice": {"fields": {"number": "string(1..40)"}}}
    text = "entity Line { amount BigDecimal required }\nrelationship ManyToOne { Line{invoice required} to Invoice }"
    result = draft_contract(catalogue, ["authentication"], DomainInput(json_entities, jdl=text))
    line = next(item for item in result.models if item.name == "Line")
    assert next(item for item in line.fields if item.name == "invoice").type.targets[:] == ["domain/Invoice"]


def test_jdl_and_the_same_entities_as_json_give_the_same_contract(catalogue: Catalogue) -> None:
    text = (EXAMPLES / "reading-room.jdl").read_text("utf-8")
    entities = compile_jdl(text, Problems()).entities
    by_text = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    by_json = draft_contract(catalogue, ["authentication"], DomainInput(entities))
    assert by_text.models == by_json.models
    assert by_text.operations == by_json.operations


def test_an_entity_called_user_is_the_user(catalogue: Catalogue) -> None:
    text = "entity User { nickname String }\nentity Note { text String }\nrelationship ManyToOne { Note{user} to User }"
    result = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    users = [item for item in result.models if item.name == "User"]
    assert len(users) == 1
    assert "nickname" in [item.name for item in users[0].fields]


def test_a_row_that_stays_as_it_was_made_has_no_update(catalogue: Catalogue) -> None:
    text = "entity Mark\nentity Key { @Id code String required }\nentity Note { text String }"
    result = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    kinds = {
        name: {item.name for item in result.operations if item.model_id == f"domain/{name}"}
        for name in ("Mark", "Key", "Note")
    }
    assert kinds["Note"] - kinds["Key"] == {"update"}
    assert kinds["Key"] == kinds["Mark"] == {"list", "read", "create", "delete"}
    assert not any(page.path == "/marks/:id/edit" for page in result.pages)


def test_no_operation_is_called_as_what_makes_operations(catalogue: Catalogue) -> None:
    text = "entity Operation { name String }\nentity Row { name String }"
    result = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    named = {item.names.function for item in result.operations}
    assert not named & reserved.FUNCTIONS
    assert "createOperationRow" in named


def test_any_names_become_a_contract(catalogue: Catalogue) -> None:
    chance = random.Random(20261122)
    words = sorted({*reserved.SQL, *reserved.JAVASCRIPT, *reserved.PYTHON, *reserved.MEMBERS, *keyword.kwlist})
    nouns = [*sorted(reserved.CLASSES), "Straße", "Größe", "заказ", "顧客", "Chassis", "X" * 120, "a_b", "a-b"]
    kinds = ("String", "Integer", "Boolean", "Instant", "TextBlob", "UUID", "BigDecimal")
    for _ in range(12):
        names = chance.sample(nouns, 8)
        lines = []
        for name in names:
            members = dict.fromkeys(word for word in chance.sample(words, 9) if word not in ("required", "unique"))
            folded: dict[str, str] = {word.lower().replace("_", ""): word for word in members}
            inner = ", ".join(f"{word} {chance.choice(kinds)}" for word in folded.values())
            lines.append(f"entity {name} {{ {inner} }}")
        one, other = chance.sample(names, 2)
        lines.append(f"relationship OneToMany {{ {one}{{manyOfThem}} to {other}{{oneOfThem}} }}")
        lines.append(f"relationship ManyToMany {{ {one}{{linkedOnes}} to {other}{{linkedBack}} }}")
        result = draft_contract(catalogue, ["authentication"], DomainInput(jdl="\n".join(lines)))
        tables = [item.names.table for item in result.models]
        assert len(set(tables)) == len(tables)
        assert all(len(table.encode()) <= 63 for table in tables)
        for item in result.models:
            columns = [found.names.column for found in item.fields if found.names.column]
            assert len(set(columns)) == len(columns)
            assert not set(columns) & reserved.SQL
