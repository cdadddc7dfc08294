"""Tests that rows of one organization are hidden from another, whichever models there are."""

from dataclasses import dataclass

from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.factories import holder, makes
from stackwright_node_backend.views.named import Named


@dataclass(frozen=True)
class BorderView:
    """A file `border.test.ts`."""

    imports: list[str]
    models: list[Named]
    """Name and address of each model."""
    holder: str
    """Arguments of `newPerson` for somebody who may make all of the rows."""


def border_tests_view(application: Application, path: str) -> BorderView | None:
    """The view; None where tests can make no row that belongs to an organization."""
    by_model = {
        operation.model_id: operation
        for operation in application.contract.operations
        if makes(application, operation) and application.index.is_tenanted(application.model(operation.model_id))
    }
    kinds = (o.OPERATION_KIND_LIST, o.OPERATION_KIND_READ)
    offered = {(found.model_id, found.kind) for found in application.contract.operations}
    made = [found for found in by_model.values() if all((found.model_id, kind) in offered for kind in kinds)]
    if not made:
        return None
    reached = {found.model_id for found in made}
    imports = ts.Imports(path)
    for name in ("afterAll", "beforeAll", "describe", "expect", "it"):
        imports.add("vitest", name)
    support = "tests/support"
    imports.add(f"{support}/app.ts", "startTestApp")
    imports.add(f"{support}/app.ts", "TestApp", type_only=True)
    imports.add(f"{support}/factories.ts", "make")
    imports.add(f"{support}/organizations.ts", "join")
    imports.add(f"{support}/people.ts", "newPerson")
    imports.add(f"{support}/person.ts", "Person", type_only=True)
    return BorderView(
        imports.lines(),
        [Named(application.model(found.model_id).name, found.path) for found in made],
        holder(application, [found for found in application.contract.operations if found.model_id in reached]),
    )
