"""What the handler makes of a contract: files, in both languages, for every subset; and what it refuses."""

from __future__ import annotations

import json
import re
import time

import pytest

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_COMPOSED, FILE_ORIGIN_EMITTED, FILE_ORIGIN_VERBATIM
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.operation_pb2 import OPERATION_KIND_UNSPECIFIED
from stackwright.handler.v1.request_response_pb2 import (
    EstablishContractsRequest,
    GenerateRequest,
    HandlerResult,
    RefineRequest,
    Technology,
)
from stackwright_kit.errors import InvalidArgumentError
from stackwright_node_backend.handler import NodeBackendHandler

Files = dict[str, str]


async def quiet(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""


async def made(
    handler: NodeBackendHandler, contract: Contract, language: str = "TypeScript", *libraries: str
) -> tuple[Files, HandlerResult]:
    technology = Technology(name="node.js", language=language, libraries=libraries)
    project = await handler.generate(GenerateRequest(request_id="t", contract=contract, technology=technology), quiet)
    return {file.path: file.content.decode() for file in project.files}, project.result


async def test_every_operation_has_its_address_once(handler: NodeBackendHandler, contract: Contract) -> None:
    files, result = await made(handler, contract)
    routes = "".join(text for path, text in files.items() if path.endswith("routes.ts"))
    for operation in contract.operations:
        address = operation.path.replace("{", ":").replace("}", "")
        assert (
            routes.count(f"'{address}', {operation.names.function})")
            + ("/api/live" in address)
            + ("/api/ready" in address)
        ), operation.id
    assert list(result.endpoints) == [operation.names.operation_id for operation in contract.operations]
    assert {command.name for command in result.commands} >= {"install", "migrate", "seed", "start", "test", "grant"}


async def test_the_same_request_gives_the_same_bytes_within_the_time(
    handler: NodeBackendHandler, contract: Contract
) -> None:
    first, _ = await made(handler, contract)
    started = time.monotonic()
    second, _ = await made(handler, contract)
    assert time.monotonic() - started < 1
    assert first == second


async def test_javascript_is_the_same_application(handler: NodeBackendHandler, contract: Contract) -> None:
    typed, _ = await made(handler, contract)
    plain, _ = await made(handler, contract, "JavaScript")
    renamed = {path.removesuffix(".ts") + ".js" if path.endswith(".ts") else path for path in typed}
    left_out = {path for path in renamed if "tsconfig" not in path} - set(plain)
    assert set(plain) < renamed
    # Files of nothing but types have no twin.
    assert not [path for path in left_out if re.search(r"^export (?!type|interface)", typed[f"{path[:-3]}.ts"], re.M)]
    for path, text in plain.items():
        assert not path.endswith(".ts")
        if path.endswith(".js"):
            assert ".ts'" not in text, path
            assert "interface " not in text, path
    package = json.loads(plain["backend/package.json"])
    assert "typescript" not in package["devDependencies"]
    assert package["scripts"]["start"] == "node src/main.js"


async def test_files_tell_where_they_come_from(handler: NodeBackendHandler, contract: Contract) -> None:
    project = await handler.generate(
        GenerateRequest(request_id="t", contract=contract, technology=Technology(language="TypeScript")), quiet
    )
    origins = {file.path: file.origin for file in project.files}
    assert origins["backend/src/shared/errors.ts"] == FILE_ORIGIN_VERBATIM
    assert origins["backend/src/features/domain/sample/scope.ts"] == FILE_ORIGIN_EMITTED
    assert origins["backend/package.json"] == FILE_ORIGIN_COMPOSED
    assert len(origins) == len(project.files)
    assert not [path for path in origins if "tests/sample" in path]
    assert {file.feature for file in project.files if "/user_management/" in file.path} == {"user_management"}


async def test_packages_that_nothing_uses_are_left_out(handler: NodeBackendHandler, contract: Contract) -> None:
    bare = Contract(language=1, project=contract.project)
    files, result = await made(handler, bare)
    package = json.loads(files["backend/package.json"])
    lock = json.loads(files["backend/package-lock.json"])
    assert "jsonwebtoken" not in package["dependencies"]
    assert "node_modules/jsonwebtoken" not in lock["packages"]
    assert "node_modules/express" in lock["packages"]
    assert not [path for path in files if "authentication" in path or path.endswith("grant.ts")]
    assert "grant" not in {command.name for command in result.commands}
    assert '"resolved"' not in files["backend/package-lock.json"]


async def test_libraries_are_honoured_or_named(handler: NodeBackendHandler, contract: Contract) -> None:
    _, result = await made(handler, contract, "TypeScript", "Express", "JWT", "Prisma", "left-pad")
    assert [(warning.code, warning.subject) for warning in result.warnings] == [
        ("library_unsupported", "Prisma"),
        ("library_unsupported", "left-pad"),
    ]
    assert "sequelize is used instead" in result.warnings[0].message


@pytest.mark.parametrize("few", [True, False])
async def test_rows_of_few_values_are_tested_each_on_a_database_of_its_own(
    handler: NodeBackendHandler, contract: Contract, few: bool
) -> None:
    sample = next(model for model in contract.models if model.name == "Sample")
    title = next(field for field in sample.fields if field.name == "title")
    create = next(
        found for found in contract.operations if found.model_id == sample.id and found.names.call == "Sample.create"
    )
    given = next(field for field in create.inputs if field.name == "title")
    for field in (title, given):
        field.unique, field.type.max_length = True, 3 if few else 80
    files, _ = await made(handler, contract)
    written = files["backend/src/features/domain/sample/sample.test.ts"]
    assert ("beforeEach(" in written, "beforeAll(" in written) == (few, not few)


async def test_what_cannot_be_compiled_is_named(handler: NodeBackendHandler, contract: Contract) -> None:
    contract.operations[0].kind = OPERATION_KIND_UNSPECIFIED
    contract.operations[-1].kind = OPERATION_KIND_UNSPECIFIED
    with pytest.raises(InvalidArgumentError) as refused:
        await made(handler, contract)
    assert {violation.field for violation in refused.value.violations} == {
        contract.operations[0].id,
        contract.operations[-1].id,
    }
    with pytest.raises(InvalidArgumentError):
        await handler.establish(EstablishContractsRequest(request_id="t", draft=contract))


async def test_a_language_that_is_not_there_is_refused(handler: NodeBackendHandler, contract: Contract) -> None:
    with pytest.raises(InvalidArgumentError, match="typescript or javascript, not 'Haskell'"):
        await made(handler, contract, "Haskell")


async def test_a_draft_comes_back_as_it_was(handler: NodeBackendHandler, contract: Contract) -> None:
    reviewed, warnings = await handler.establish(EstablishContractsRequest(request_id="t", draft=contract))
    assert reviewed == contract
    assert not warnings


async def test_a_refinement_declines_what_it_cannot_mend(handler: NodeBackendHandler, contract: Contract) -> None:
    request = RefineRequest(request_id="t", contract=contract)
    request.findings.add(path="backend/src/app.ts", fingerprint="abc")
    refinement = await handler.refine(request, quiet)
    assert not refinement.files
    assert [declined.subject for declined in refinement.result.declined] == ["abc"]


async def test_the_document_names_every_operation(handler: NodeBackendHandler, contract: Contract) -> None:
    files, _ = await made(handler, contract)
    document = json.loads(files["backend/src/features/api_documentation/openapi.json"])
    known = {item["operationId"] for path in document["paths"].values() for item in path.values()}
    probes = {"probeLive", "probeReady"}
    assert known - probes == {operation.names.operation_id for operation in contract.operations}
    sample = document["components"]["schemas"]["Sample"]["properties"]
    assert set(sample) == {
        "id",
        "created_at",
        "updated_at",
        "row_version",
        "created_by",
        "title",
        "note",
        "parent",
        "can",
    }
    assert "password" not in document["components"]["schemas"]["User"]["properties"]


def test_the_description_is_complete(handler: NodeBackendHandler) -> None:
    description = handler.describe()
    assert description.name == "node_backend"
    assert len(description.blueprint_digest) == 64
    assert {support.key for support in description.features} >= {"authentication", "rate_limiting"}
