"""The files of a database: the same for the same contract, readable, clean to a linter, complete or refused."""

from __future__ import annotations

import base64
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_VERBATIM, LAYER_DATABASE
from stackwright.contract.v1 import expression_pb2, model_pb2
from stackwright_postgresql_database.emit import emit
from stackwright_postgresql_database.identifiers import LONGEST, helper
from stackwright_postgresql_database.refusals import NotCompiledError

from .conftest import BLUEPRINT, GOLDENS, contract, database_files

NAMES = ("seven_features", "small", "many_rules", "organizations")


@pytest.mark.parametrize("name", GOLDENS)
def test_the_files_are_the_golden_ones(name: str) -> None:
    folder = GOLDENS[name]
    found = [path for path in folder.glob("database/**/*.*") if path.is_file()]
    kept = {str(path.relative_to(folder)): path.read_text() for path in found}
    assert database_files(name) == kept, "python -m tests.regenerate writes them again; read the difference"


@pytest.mark.parametrize("name", NAMES)
def test_the_same_contract_gives_the_same_bytes(name: str) -> None:
    first, second = ([(file.path, file.content) for file in emit(contract(name), BLUEPRINT).files] for _ in range(2))
    assert first == second
    assert [path for path, _ in first] == sorted(path for path, _ in first)


@pytest.mark.parametrize("name", NAMES)
def test_migrations_are_clean_to_a_linter(name: str, tmp_path: Path) -> None:
    for path, text in database_files(name).items():
        if path.endswith(".sql"):
            tmp_path.joinpath(Path(path).name).write_text(text)
    # The width of an integer is the contract's: `int` and `bigint` are two types of its language.
    squawk = [str(Path(sys.executable).with_name("squawk")), "--pg-version=18", "--assume-in-transaction"]
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    command = [*squawk, "-e", "prefer-bigint-over-int", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_files_read_as_if_written_by_hand(name: str) -> None:
    for path, text in database_files(name).items():
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\n\n\n" not in text, path
        assert not [line for line in text.split("\n") if line != line.rstrip()], path
        if path.endswith(".sql"):
            assert not [line for line in text.split("\n") if len(line) > 140], path


def test_verbatim_files_are_those_of_the_blueprint() -> None:
    files = {file.path: file for file in emit(contract("small"), BLUEPRINT).files}
    assert {path for path, file in files.items() if file.origin == FILE_ORIGIN_VERBATIM} == set(BLUEPRINT.files)
    assert all(file.layer == LAYER_DATABASE for file in files.values())
    assert files["database/backup.sh"].executable
    assert "database/seeds/0001_permissions_and_roles.sql" not in files, "roles are no rows in a small contract"


def test_what_is_not_compiled_is_refused_by_name() -> None:
    wrong = contract("small")
    user = next(model for model in wrong.models if model.name == "User")
    user.fields[0].type.kind = model_pb2.FIELD_KIND_LIST
    with pytest.raises(NotCompiledError) as refused:
        emit(wrong, BLUEPRINT)
    assert [violation.field for violation in refused.value.violations] == [
        user.fields[0].id,
    ]


def test_an_encrypted_field_is_a_text_that_the_database_knows_nothing_of() -> None:
    wider = contract("seven_features")
    sample = next(model for model in wider.models if model.name == "Sample")
    born = sample.fields.add(id="domain/Sample/born", name="born", optional=True, encrypted=True)
    born.type.kind = model_pb2.FIELD_KIND_DATE
    born.names.column, born.names.check_name = "born", "samples_born_check"
    files = {file.path: file.content.decode() for file in emit(wider, BLUEPRINT).files}
    migration = files["database/migrations/0002_schema.sql"]
    assert re.search(r"^ +born +text,$", migration, re.MULTILINE)
    assert "samples_born_check" not in migration
    assert re.search(r"system\.record_delete\([^;]*'born', 'born'", migration)
    sealed = re.findall(r"'seal:samples\.born:([\w-]+)'", files["database/seeds/examples/0001_example_rows.sql"])
    assert sealed
    dates = [json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) for text in sealed]
    assert all(datetime.date.fromisoformat(text) for text in dates)


def test_a_trap_has_no_column() -> None:
    wider = contract("small")
    sample = next(model for model in wider.models if model.name == "Sample")
    trap = sample.fields.add(
        id="domain/Sample/website", name="website", trap=True, optional=True, description="Left empty."
    )
    trap.type.kind = model_pb2.FIELD_KIND_STRING
    trap.names.column = "website"
    texts = [file.content.decode() for file in emit(wider, BLUEPRINT).files]
    assert not [text for text in texts if "website" in text]


def test_rows_that_cannot_belong_to_an_organization_are_refused_by_name() -> None:
    wrong = contract("organizations")
    sample = next(model for model in wrong.models if model.name == "Sample")
    field = sample.fields.add(id="domain/Sample/owner", name="owner")
    field.type.kind = model_pb2.FIELD_KIND_UUID
    field.names.column = "organization_id"
    with pytest.raises(NotCompiledError) as refused:
        emit(wrong, BLUEPRINT)
    assert [violation.field for violation in refused.value.violations] == [field.id]


def test_an_expression_without_a_compiled_form_is_refused_with_its_source() -> None:
    wrong = contract("small")
    sample = next(model for model in wrong.models if model.name == "Sample")
    actor = expression_pb2.Node(name=expression_pb2.Name(root=expression_pb2.ROOT_SIGNED_IN))
    condition = expression_pb2.Expression(source="signed_in", root=actor)
    check = model_pb2.CheckRule(condition=condition, own_columns=True)
    sample.rules.append(model_pb2.Rule(id="domain/Sample/rule/x", constraint_name="samples_x", check=check))
    with pytest.raises(NotCompiledError, match="'signed_in': a rule of the database cannot read signed_in"):
        emit(wrong, BLUEPRINT)


def test_names_of_helpers_are_cut_to_what_postgresql_keeps_and_stay_apart() -> None:
    first, second = helper("x" * 60, "touched"), helper("x" * 60, "trimmed")
    assert first != second
    assert {len(first), len(second)} == {LONGEST}
    assert helper("users", "touch") == "users_touch"
