"""The handler: contract in, database out."""

from __future__ import annotations

import functools
from pathlib import Path

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.model_pb2 import PROVENANCE_REQUEST
from stackwright.handler.v1.request_response_pb2 import (
    HANDLER_ROLE_DATABASE,
    RUNG_FULL_FEATURE_IMPLEMENTATION,
    DocumentSection,
    FeatureResult,
    FeatureSupport,
    GenerateRequest,
    HandlerDescription,
    HandlerResult,
)
from stackwright.handler.v1.request_response_pb2 import Warning as HandlerWarning
from stackwright_postgresql_database import __version__
from stackwright_postgresql_database.emit import EXAMPLE_ROWS, NAME, Database, emit
from stackwright_postgresql_database.features import FEATURES
from stackwright_sdk.handler import Blueprint, GeneratedProject, ProgressReporter, TechnologyHandler
from stackwright_sdk.handler.templates import Templates

_TECHNOLOGIES = ("postgresql", "postgres", "pg")
_README = Templates(Path(__file__).with_name("templates"))


def blueprint_folder() -> Path:
    """The blueprint: inside the package where it was installed, beside it in a checkout."""
    inside = Path(__file__).with_name("_blueprint")
    return inside if inside.is_dir() else Path(__file__).parents[1] / "blueprint"


class PostgresqlDatabaseHandler(TechnologyHandler):
    """Writes PostgreSQL databases. Findings in compiled SQL are declined: its source is the contract."""

    def __init__(self) -> None:
        self._blueprint = Blueprint.load(blueprint_folder())

    @functools.cache  # noqa: B019  # one handler lives as long as its process
    def describe(self) -> HandlerDescription:
        """Say what this handler is and supports."""
        return HandlerDescription(
            name=NAME,
            version=__version__,
            role=HANDLER_ROLE_DATABASE,
            technologies=_TECHNOLOGIES,
            languages=["sql"],
            contract_versions=[1],
            conventions_version=1,
            features=[FeatureSupport(key=key, version=version) for key, version in FEATURES.items()],
            blueprint_digest=self._blueprint.digest,
        )

    async def generate(self, request: GenerateRequest, progress: ProgressReporter) -> GeneratedProject:
        """Compile the contract.

        Raises NotCompiledError (INVALID_ARGUMENT) naming each element that has no compiled form here.
        """
        await progress("compiling tables, rules and seeds", 0, 1)
        database = emit(request.contract, self._blueprint)
        await progress("database written", 1, 1)
        return GeneratedProject(database.files, _result(request, database))


def _result(request: GenerateRequest, database: Database) -> HandlerResult:
    contract, files = request.contract, database.files
    tables = [model.names.table for model in contract.models]
    tables += [
        field.type.join.table
        for model in contract.models
        for field in model.fields
        if field.type.join.table and not field.type.join.inverse
    ]
    return HandlerResult(
        success=True,
        files=len(files),
        tables=tables,
        features=[FeatureResult(key=item.key, rung=RUNG_FULL_FEATURE_IMPLEMENTATION) for item in contract.features],
        self_assessment=9,
        warnings=[*map(_unsupported, request.technology.libraries), *_without_examples(contract, database.bare)],
        documents=[_document(contract, tables, files)],
    )


def _document(contract: Contract, tables: list[str], files: list[SourceFile]) -> DocumentSection:
    view = {
        "database": contract.project.database,
        "tables": tables,
        "rules": sum(len(model.rules) for model in contract.models),
        "seeds": any(file.path.startswith("database/seeds/") and file.path != EXAMPLE_ROWS for file in files),
        "examples": any(file.path == EXAMPLE_ROWS for file in files),
    }
    return DocumentSection(key="database", title="Database", markdown=_README.render("readme.md.jinja", view))


def _without_examples(contract: Contract, bare: list[str]) -> list[HandlerWarning]:
    """A word for each model of the request's own whose rules no example was found for."""
    own = [model.name for model in contract.models if model.provenance == PROVENANCE_REQUEST and model.name in bare]
    return [
        HandlerWarning(
            code="no_example_rows", subject=name, message=f"No example rows were found that keep all rules of {name}."
        )
        for name in own
    ]


def _unsupported(name: str) -> HandlerWarning:
    return HandlerWarning(
        code="library_unsupported", subject=name, message=f"The database is plain SQL; {name} is not used in it."
    )
