"""Tests of a model's operations on a real database, and how tests make a row of each model."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.rules import access_of
from stackwright_sdk.expressions import needs_row, permissions

_TEXTS = frozenset({m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT, m.FIELD_KIND_RICHTEXT, m.FIELD_KIND_SLUG})
_FIXED = {
    m.FIELD_KIND_URL: "'https://example.org/'",
    m.FIELD_KIND_BOOL: "true",
    m.FIELD_KIND_UUID: "randomUUID()",
    m.FIELD_KIND_DATE: "'2026-01-31'",
    m.FIELD_KIND_TIME: "'09:30:00'",
    m.FIELD_KIND_TIMESTAMP: "'2026-01-31T12:00:00.000Z'",
    m.FIELD_KIND_DURATION: "'PT1H'",
    m.FIELD_KIND_JSON: "{ key: 'value' }",
    m.FIELD_KIND_IP: "'192.0.2.1'",
    m.FIELD_KIND_EMAIL: "`${randomUUID()}@example.org`",
    m.FIELD_KIND_PASSWORD: "'correct horse battery staple'",
}


_WRONG = {
    m.FIELD_KIND_EMAIL: "'nobody'",
    m.FIELD_KIND_PASSWORD: "'short'",
    m.FIELD_KIND_URL: "'nowhere'",
    m.FIELD_KIND_BOOL: "'perhaps'",
    m.FIELD_KIND_ENUM: "'no choice of it'",
    m.FIELD_KIND_UUID: "'no id'",
    m.FIELD_KIND_REF: "'no id'",
    m.FIELD_KIND_LINKS: "['no id']",
    m.FIELD_KIND_DATE: "'2026-02-30'",
    m.FIELD_KIND_TIME: "'25:00'",
    m.FIELD_KIND_TIMESTAMP: "'soon'",
    m.FIELD_KIND_DURATION: "'long'",
    m.FIELD_KIND_IP: "'somewhere'",
}


@dataclass(frozen=True)
class Factory:
    """How a row of a model is made over HTTP."""

    model: str
    path: str
    body: list[str]
    roles: str


@dataclass(frozen=True)
class FactoriesView:
    """A file `tests/support/factories.ts`."""

    imports: list[str]
    factories: list[Factory]


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
    deletes: bool


def factories_view(application: Application) -> FactoriesView:
    """Factories of every model that can be made over HTTP."""
    operations = [operation for operation in application.contract.operations if _makes(application, operation)]
    factories = [_factory(application, operation) for operation in operations]
    imports = ts.Imports("tests/support/factories.ts")
    imports.add("tests/support/app.ts", "TestApp", type_only=True)
    imports.add("tests/support/person.ts", "Person", type_only=True)
    if any("randomUUID()" in line for factory in factories for line in factory.body):
        imports.add("node:crypto", "randomUUID")
    return FactoriesView(imports.lines(), factories)


def test_view(application: Application, feature: str, model: m.Model) -> TestView | None:
    """Tests of what the feature does with the model; None where it cannot be made, read and listed over HTTP."""
    by_kind = {operation.kind: operation for operation in application.operations_of(feature, model.id)}
    create, read = by_kind.get(o.OPERATION_KIND_CREATE), by_kind.get(o.OPERATION_KIND_READ)
    if not create or not read or o.OPERATION_KIND_LIST not in by_kind or not _makes(application, create):
        return None
    update = by_kind.get(o.OPERATION_KIND_UPDATE)
    changed = next((field for field in update.inputs if _is_plain_text(field)), None) if update else None
    imports = ts.Imports(f"{application.folder(feature)}/{model.names.file}/{model.names.file}.test.ts")
    support = "tests/support"
    for name in ("afterAll", "beforeAll", "describe", "expect", "it"):
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
        holder=_holder(application, list(by_kind.values())),
        restricted=bool(create.permission) or _denied(application, create),
        refused=_refused(create),
        required=sorted(field.name for field in create.inputs if _is_required(field)),
        change=f"{{ {changed.name}: {ts.string('Other text')} }}" if changed else "",
        changed=changed.name if changed else "",
        searched=display.name
        if display and display.search and not display.optional and any(f.id == display.id for f in create.inputs)
        else "",
        versioned=model.kind == m.MODEL_KIND_RESOURCE,
        deletes=o.OPERATION_KIND_DELETE in by_kind,
    )


def _denied(application: Application, operation: o.Operation) -> bool:
    return bool(_permissions(application, operation))


def _permissions(application: Application, operation: o.Operation) -> set[str]:
    expressions = [operation.by] if operation.HasField("by") else []
    access = access_of(application.model(operation.model_id), operation)
    expressions += [access] if access is not None else []
    return {key for found in expressions if not needs_row(found) for key in permissions(found)}


def _holder(application: Application, operations: list[o.Operation]) -> str:
    needed = {key for operation in operations for key in _permissions(application, operation)}
    needed |= {
        key
        for operation in operations
        for field in operation.inputs
        if field.HasField("write")
        for key in _written_by(field)
    }
    if not needed:
        return ""
    role = next((role.name for role in application.contract.roles if needed <= set(role.permissions)), "")
    return ts.string(role) if role else ", ".join(ts.string(found.name) for found in application.contract.roles)


def _written_by(field: m.Field) -> tuple[str, ...]:
    return permissions(field.write)


def _makes(application: Application, operation: o.Operation) -> bool:
    """Whether a body can be made up for the operation: a rule over several fields might refuse any that is."""
    # A part is made under a parent, which a factory of one row does not have.
    nested = "{" in operation.path
    if operation.kind != o.OPERATION_KIND_CREATE or operation.public or nested:
        return False
    model = application.model(operation.model_id)
    ruled = any(
        rule.WhichOneof("kind") in ("check", "no_overlap", "limit") and not _on_update(rule) for rule in model.rules
    )
    if ruled or model.guards:
        return False
    return all(_body_value(application, field) for field in operation.inputs if _is_required(field))


def _on_update(rule: m.Rule) -> bool:
    return rule.WhichOneof("kind") == "check" and rule.check.reads_old


def _factory(application: Application, operation: o.Operation) -> Factory:
    model = application.model(operation.model_id)
    body = [f"{field.name}: {_body_value(application, field)}" for field in operation.inputs if _is_required(field)]
    return Factory(model.name, operation.path, body, _holder(application, [operation]))


def _body_value(application: Application, field: m.Field) -> str:
    kind = field.type.kind
    if field.type.pattern:
        return ""
    if kind == m.FIELD_KIND_REF:
        target = application.model(field.type.targets[0])
        if target.name == "User":
            return "person.me.id"
        made = any(
            operation.kind == o.OPERATION_KIND_CREATE and operation.model_id == target.id
            for operation in application.contract.operations
        )
        return f"(await make(app, person, {ts.string(target.name)})).id" if made and target.id not in field.id else ""
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        return str(int(field.type.minimum) if field.type.minimum else min(1, int(field.type.maximum or 1)))
    if kind == m.FIELD_KIND_DECIMAL:
        return ts.string(field.type.minimum or "0")
    if kind == m.FIELD_KIND_ENUM:
        return ts.string(field.type.members[0])
    if kind in _TEXTS:
        return _text_value(field)
    return _FIXED.get(kind, "")


def _text_value(field: m.Field) -> str:
    low = field.type.min_length if field.type.HasField("min_length") else 0
    high = field.type.max_length if field.type.HasField("max_length") else 200
    if high < 36:  # a UUID has 36 characters
        return f"randomUUID().slice(0, {max(1, high)})" if low <= high else ""
    return f"randomUUID().padEnd({low}, '-')" if low > 36 else "randomUUID()"


def _refused(operation: o.Operation) -> list[Refused]:
    return [Refused(field.name, value) for field in operation.inputs for value in _wrong_values(field)]


def _wrong_values(field: m.Field) -> list[str]:
    """Just outside of what the field takes: as a literal of TypeScript."""
    kind = field.type.kind
    if kind in _TEXTS and field.type.HasField("max_length"):
        return [f"'x'.repeat({field.type.max_length + 1})"]
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        bounds = [(field.type.minimum, -1), (field.type.maximum, 1)]
        return ["1.5", *(str(int(bound) + step) for bound, step in bounds if bound and abs(int(bound)) < 2**52)]
    return [_WRONG[kind]] if kind in _WRONG else []


def _is_plain_text(field: m.Field) -> bool:
    if field.type.kind not in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) or field.unique or field.type.pattern:
        return False
    low, high = len("Other text"), len("Other text")
    return (not field.type.HasField("min_length") or field.type.min_length <= low) and (
        not field.type.HasField("max_length") or field.type.max_length >= high
    )


def _is_required(field: m.Field) -> bool:
    if field.type.kind == m.FIELD_KIND_LINKS:
        return False
    return not (field.optional or field.HasField("default") or field.HasField("init"))
