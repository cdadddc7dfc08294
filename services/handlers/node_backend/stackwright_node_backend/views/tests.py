"""Tests of a model's operations on a real database."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.factories import holder, is_scarce, makes, permissions_of
from stackwright_node_backend.views.samples import is_required, wrong_values


@dataclass(frozen=True)
class Refused:
    """A value that a field does not take."""

    field: str
    value: str


@dataclass(frozen=True)
class TestView:
    """A file `<model>.test.ts`."""

    imports: list[str]
    title: str
    model: str
    path: str
    holder: str
    """Arguments of `app.person` for somebody who may do everything here."""
    restricted: bool
    """Whether a person without a role is refused."""
    required: list[str]
    change: str
    """Text of an update, or empty."""
    changed: str
    refused: list[Refused]
    """Values that a field does not take, beside a body that is right otherwise."""
    searched: str
    versioned: bool
    each: str
    """`Each` where every test needs a database of its own, since few rows fit beside each other; else `All`."""
    deletes: bool


def test_view(application: Application, feature: str, model: m.Model) -> TestView | None:
    """Tests of what the feature does with the model; None where it cannot be made, read and listed over HTTP."""
    by_kind = {operation.kind: operation for operation in application.operations_of(feature, model.id)}
    create, read = by_kind.get(o.OPERATION_KIND_CREATE), by_kind.get(o.OPERATION_KIND_READ)
    if not create or not read or o.OPERATION_KIND_LIST not in by_kind or not makes(application, create):
        return None
    update = by_kind.get(o.OPERATION_KIND_UPDATE)
    changed = next((field for field in update.inputs if _is_plain_text(field)), None) if update else None
    imports = ts.Imports(f"{application.folder(feature)}/{model.names.file}/{model.names.file}.test.ts")
    support = "tests/support"
    each = "Each" if is_scarce(application, model) else "All"
    for name in (f"after{each}", f"before{each}", "describe", "expect", "it"):
        imports.add("vitest", name)
    imports.add(f"{support}/app.ts", "startTestApp")
    imports.add(f"{support}/app.ts", "TestApp", type_only=True)
    imports.add(f"{support}/factories.ts", "make")
    imports.add("node:crypto", "randomUUID")
    imports.add(f"{support}/factories.ts", "inputFor")
    imports.add(f"{support}/people.ts", "newPerson")
    imports.add(f"{support}/person.ts", "Person", type_only=True)
    display = application.display_field(model)
    return TestView(
        imports=imports.lines(),
        title=(model.names.plural_label or model.name).lower(),
        model=model.name,
        path=create.path,
        holder=holder(application, list(by_kind.values())),
        restricted=bool(create.permission) or _denied(application, create),
        refused=_refused(create),
        required=sorted(field.name for field in create.inputs if is_required(application, field)),
        change=f"{{ {changed.name}: {ts.string('Other text')} }}" if changed else "",
        changed=changed.name if changed else "",
        searched=display.name
        if display and display.search and not display.optional and any(f.id == display.id for f in create.inputs)
        else "",
        versioned=model.kind == m.MODEL_KIND_RESOURCE,
        each=each,
        deletes=o.OPERATION_KIND_DELETE in by_kind,
    )


def _denied(application: Application, operation: o.Operation) -> bool:
    return bool(permissions_of(application, operation))


def _refused(operation: o.Operation) -> list[Refused]:
    return [Refused(field.name, value) for field in operation.inputs for value in wrong_values(field)]


def _is_plain_text(field: m.Field) -> bool:
    if field.type.kind not in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) or field.unique or field.type.pattern:
        return False
    low, high = len("Other text"), len("Other text")
    return (not field.type.HasField("min_length") or field.type.min_length <= low) and (
        not field.type.HasField("max_length") or field.type.max_length >= high
    )
