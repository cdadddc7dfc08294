"""A contract as the files of its database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stackwright.code.v1.file_pb2 import FileOrigin, Layer, SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_kit.errors import FieldViolation
from stackwright_postgresql_database import __version__
from stackwright_postgresql_database.document import document_of
from stackwright_postgresql_database.examples import Examples, examples_of, script_of
from stackwright_postgresql_database.refusals import raise_for, refuse_unsupported
from stackwright_postgresql_database.schema import schema_of
from stackwright_postgresql_database.seeds import access_of, rows_of
from stackwright_sdk.expressions import ContractIndex, NotCompilable
from stackwright_sdk.handler import Blueprint, Selection, Templates, text_file

NAME = "postgresql_database"
# In a folder of its own: the application applies it when it is asked to, never with a migration.
EXAMPLE_ROWS = "database/seeds/examples/0001_example_rows.sql"
HANDLER = f"{NAME}@{__version__}"
_templates = Templates(Path(__file__).with_name("templates"))


@dataclass(frozen=True)
class Database:
    """The files of the database layer, sorted by path; `bare` are the names of models that have no example rows."""

    files: list[SourceFile]
    bare: list[str]


def emit(contract: Contract, blueprint: Blueprint) -> Database:
    """Compile the database layer.

    Raises NotCompiledError, naming each element, for what this handler does not compile; nothing is left out.
    """
    refuse_unsupported(contract)
    index = ContractIndex(contract)
    try:
        examples = examples_of(index)
        files = [*_verbatim(blueprint), *_emitted(index, examples)]
        return Database(sorted(files, key=lambda file: file.path), examples.left_out)
    except NotCompilable as problem:
        raise_for([FieldViolation("contract", str(problem))])
        raise


def _emitted(index: ContractIndex, examples: Examples) -> list[SourceFile]:
    schema = schema_of(index)
    made = {
        "database/migrations/0002_schema.sql": _templates.render("schema.sql.jinja", schema),
        "database/schema.md": _templates.render("schema.md.jinja", document_of(schema, index)),
    }
    access, rows = access_of(index), rows_of(index)
    if access is not None:
        made["database/seeds/0001_permissions_and_roles.sql"] = _templates.render(
            "permissions_and_roles.sql.jinja", access
        )
    if rows:
        made["database/seeds/0002_rows.sql"] = _templates.render("rows.sql.jinja", rows)
    if (script := script_of(examples)) is not None:
        made[EXAMPLE_ROWS] = _templates.render("example_rows.sql.jinja", script)
    return [text_file(path, text, layer=Layer.LAYER_DATABASE, handler=HANDLER) for path, text in made.items()]


def _verbatim(files: Blueprint) -> list[SourceFile]:
    return [
        SourceFile(
            path=file.path,
            content=file.content,
            executable=file.executable,
            origin=FileOrigin.FILE_ORIGIN_VERBATIM,
            layer=Layer.LAYER_DATABASE,
            handler=HANDLER,
        )
        for file in files.select(Selection())
    ]
