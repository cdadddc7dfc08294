"""What people enter of a row with many fields: its schema and its columns are said once for a create and an update."""

from __future__ import annotations

import pytest

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.operation_pb2 import OPERATION_KIND_CREATE, OPERATION_KIND_UPDATE
from stackwright.handler.v1.request_response_pb2 import GenerateRequest, Technology
from stackwright_node_backend.handler import NodeBackendHandler

WRITES = (OPERATION_KIND_CREATE, OPERATION_KIND_UPDATE)


async def quiet(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""


def widen(contract: Contract, count: int) -> None:
    """Give the sample so many more optional fields that people enter."""
    sample = next(model for model in contract.models if model.name == "Sample")
    writes = [each for each in contract.operations if each.model_id == sample.id and each.kind in WRITES]
    pattern = next(field for field in sample.fields if field.name == "note")
    for number in range(count):
        field = sample.fields.add()
        field.CopyFrom(pattern)
        field.id, field.name = f"{pattern.id}{number}", f"note{number}"
        field.names.json = field.names.column = field.name
        for operation in writes:
            operation.inputs.add().CopyFrom(field)


async def emitted(handler: NodeBackendHandler, contract: Contract) -> tuple[str, str]:
    """The schema and the operations of the sample."""
    request = GenerateRequest(
        request_id="t", contract=contract, technology=Technology(name="node.js", language="TypeScript")
    )
    files: list[SourceFile] = list((await handler.generate(request, quiet)).files)
    texts = {file.path.rpartition("/sample/")[2]: file.content.decode() for file in files if "/sample/" in file.path}
    return texts["schema.ts"], texts["operations.ts"]


async def test_long_inputs_are_said_once(handler: NodeBackendHandler, contract: Contract) -> None:
    widen(contract, 9)
    schema, operations = await emitted(handler, contract)
    assert schema.count("  note8: ") == 1
    assert "export const updateSampleInput = object<Partial<SampleInput>>(entered);" in schema
    assert ".required()" not in schema.partition("const entered = {")[2].partition("};")[0]
    assert ": entered.title.required()," in schema
    assert operations.count("note8: 'note8',") == 1
    assert "input.note8" not in operations
    assert operations.count("byColumn(input, sampleColumns)") == 2


async def test_short_inputs_are_read_where_they_are_used(handler: NodeBackendHandler, contract: Contract) -> None:
    schema, operations = await emitted(handler, contract)
    assert "entered" not in schema
    assert "byColumn" not in operations


@pytest.mark.parametrize("kind", WRITES)
async def test_what_only_one_of_them_takes_is_said_by_itself(
    handler: NodeBackendHandler, contract: Contract, kind: int
) -> None:
    widen(contract, 9)
    [operation] = [each for each in contract.operations if each.names.call == "Sample.create"]
    other = next(each for each in contract.operations if each.model_id == operation.model_id and each.kind == kind)
    del other.inputs[-1]
    schema, operations = await emitted(handler, contract)
    assert "entered" not in schema
    assert "byColumn" not in operations
