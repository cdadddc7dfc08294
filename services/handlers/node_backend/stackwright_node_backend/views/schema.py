"""Schemas of input: what a client may send."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.entered import LONG, shared_type
from stackwright_node_backend.views.model import DECIMALS

_VALIDATE = "src/shared/validate.ts"
_INT = (-2_147_483_648, 2_147_483_647)
_SAFE = (-9_007_199_254_740_991, 9_007_199_254_740_991)
_NESTED = (m.FIELD_KIND_LIST, m.FIELD_KIND_OBJECT)
_MOST_ITEMS = 1000
_REQUIRED = ".required()"
_PLAIN = {
    m.FIELD_KIND_EMAIL: "email",
    m.FIELD_KIND_URL: "url",
    m.FIELD_KIND_BOOL: "flag",
    m.FIELD_KIND_UUID: "id",
    m.FIELD_KIND_REF: "id",
    m.FIELD_KIND_FILE: "id",
    m.FIELD_KIND_IMAGE: "id",
    m.FIELD_KIND_LINKS: "ids",
    m.FIELD_KIND_DATE: "date",
    m.FIELD_KIND_TIME: "time",
    m.FIELD_KIND_TIMESTAMP: "timestamp",
    m.FIELD_KIND_DURATION: "duration",
    m.FIELD_KIND_JSON: "json",
    m.FIELD_KIND_IP: "address",
    m.FIELD_KIND_POINT: "point",
}
_FORMATS = {m.FIELD_KIND_CIDR: "network", m.FIELD_KIND_TIMEZONE: "zone", m.FIELD_KIND_RRULE: "recurrence"}
_LENGTHS = {
    m.FIELD_KIND_TEXT: (0, 20_000),
    m.FIELD_KIND_RICHTEXT: (0, 100_000),
    m.FIELD_KIND_SLUG: (1, 100),
    m.FIELD_KIND_PHONE: (3, 32),
    m.FIELD_KIND_COLOR: (4, 9),
    m.FIELD_KIND_LOCALE: (2, 35),
    m.FIELD_KIND_CURRENCY: (3, 3),
}


@dataclass(frozen=True)
class InputField:
    """One member of an input."""

    name: str
    type: str
    optional: bool
    rule: str


@dataclass(frozen=True)
class InputView:
    """One input: an interface and its schema."""

    type_name: str
    """Name of the interface; empty where another one is used, see `shared_type`."""
    shared_type: str
    constant: str
    fields: list[InputField]
    common: list[str]
    """Members that stand before it, since the next one takes them too."""
    members: list[str]
    """What it takes; empty where that is all that stands before."""


@dataclass(frozen=True)
class SchemaView:
    """A file `schema.ts`."""

    imports: list[str]
    inputs: list[InputView]


def schema_view(
    application: Application, operations: Sequence[o.Operation], path: str, class_name: str = ""
) -> SchemaView:
    """The inputs of operations that share a file. `class_name` names the model whose create and update these are."""
    imports = ts.Imports(path)
    imports.add(_VALIDATE, "object")
    inputs = []
    for operation in operations:
        update = operation.kind == o.OPERATION_KIND_UPDATE
        given = [field for field in operation.inputs if not is_content(field)]
        if not given:
            continue
        fields = [input_field(application, field, imports, update=update) for field in given]
        inputs.append(_input(operation, fields, shared_type(operations, class_name) if class_name else ""))
    return SchemaView(imports.lines(), _said_once(inputs))


def _said_once(inputs: list[InputView]) -> list[InputView]:
    """The same inputs; what a long one has in common with the one after it stands before both."""
    for at, (first, second) in enumerate(itertools.pairwise(inputs)):
        optional = [field.rule.removesuffix(_REQUIRED) for field in first.fields]
        pair = bool(first.type_name) and second.shared_type == f"Partial<{first.type_name}>"
        if not pair or len(optional) < LONG or optional != [field.rule for field in second.fields]:
            continue
        common = [f"{field.name}: {rule}" for field, rule in zip(first.fields, optional, strict=True)]
        required = [field.name for field in first.fields if field.rule.endswith(_REQUIRED)]
        members = ["...entered", *(f"{name}: entered.{name}{_REQUIRED}" for name in required)] if required else []
        inputs[at : at + 2] = [replace(first, common=common, members=members), replace(second, members=[])]
    return inputs


def is_content(field: m.Field) -> bool:
    """Whether the input is the file itself, which is streamed and not a value."""
    return field.type.kind == m.FIELD_KIND_FILE and field.name == "content"


def input_constant(operation: o.Operation) -> str:
    """Name of the schema of an operation's input."""
    return f"{operation.names.function}Input"


def input_type(operation: o.Operation) -> str:
    """Name of the type of an operation's input."""
    name = operation.names.function
    return f"{name[0].upper()}{name[1:]}Input"


def input_field(application: Application, field: m.Field, imports: ts.Imports, *, update: bool) -> InputField:
    """One member: its type, and the rule that checks it."""
    required = not (update or field.optional or field.trap or application.is_filled(field))
    required = required and field.type.kind != m.FIELD_KIND_LINKS
    rule = _rule(application, field, imports)
    nullable = field.optional and field.type.kind != m.FIELD_KIND_LINKS
    suffix = _REQUIRED if required else ".allow(null)" if nullable else ""
    name = _type(application, field, imports)
    return InputField(
        name=field.names.json or field.name,
        type=f"{name} | null" if nullable else name,
        optional=not required,
        rule=f"{rule}{suffix}",
    )


def _input(operation: o.Operation, fields: list[InputField], shared: str) -> InputView:
    constant, members = input_constant(operation), [f"{field.name}: {field.rule}" for field in fields]
    if shared and operation.kind == o.OPERATION_KIND_CREATE:
        return InputView(shared, "", constant, fields, [], members)
    if shared and operation.kind == o.OPERATION_KIND_UPDATE:
        return InputView("", f"Partial<{shared}>", constant, fields, [], members)
    return InputView(input_type(operation), "", constant, fields, [], members)


def _type(application: Application, field: m.Field, imports: ts.Imports) -> str:
    kind = field.type.kind
    if kind in _NESTED:
        members = [input_field(application, member, imports, update=False) for member in field.type.members_fields]
        item = _item_type(members)
        return f"{item}[]" if kind == m.FIELD_KIND_LIST else item
    if kind == m.FIELD_KIND_ANY:
        return imports.add("src/shared/query/rows.ts", "Pointer", type_only=True)
    if kind == m.FIELD_KIND_POINT:
        return imports.add(_VALIDATE, "Point", type_only=True)
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        return "number"
    if kind == m.FIELD_KIND_BOOL:
        return "boolean"
    if kind == m.FIELD_KIND_LINKS:
        return "string[]"
    if kind == m.FIELD_KIND_JSON:
        return "object"
    if kind == m.FIELD_KIND_ENUM:
        return " | ".join(ts.string(member) for member in field.type.members)
    return "string"


def _rule(application: Application, field: m.Field, imports: ts.Imports) -> str:
    kind = field.type.kind
    if field.trap:
        return f"{imports.add(_VALIDATE, 'trap')}()"
    if kind in _PLAIN:
        return f"{imports.add(_VALIDATE, _PLAIN[kind])}()"
    if kind in _FORMATS:
        return f"{imports.add('src/shared/formats.ts', _FORMATS[kind])}()"
    if kind in _NESTED:
        return _nested(application, field, imports)
    if kind == m.FIELD_KIND_ANY:
        names = ", ".join(ts.string(application.model(target).name) for target in field.type.targets)
        return f"{imports.add(_VALIDATE, 'pointer')}({names})"
    if kind == m.FIELD_KIND_PASSWORD:
        folder = application.folder("authentication")
        return f"{imports.add(f'{folder}/auth/index.ts', 'newPassword')}()"
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        least, most = _INT if kind == m.FIELD_KIND_INT else _SAFE
        low, high = int(field.type.minimum or least), int(field.type.maximum or most)
        bounds = "" if (low, high) == _INT else f"{low}, {high}"
        return f"{imports.add(_VALIDATE, 'integer')}({bounds})"
    if kind in DECIMALS:
        return f"{imports.add(_VALIDATE, 'decimal')}({', '.join(_decimal(field.type))})"
    if kind == m.FIELD_KIND_ENUM:
        members = ", ".join(ts.string(member) for member in field.type.members)
        return f"{imports.add(_VALIDATE, 'choice')}({members})"
    low, high = _LENGTHS.get(kind, (0, 255))
    low = field.type.min_length if field.type.HasField("min_length") else low
    high = field.type.max_length if field.type.HasField("max_length") else high
    if field.type.pattern:
        return f"{imports.add(_VALIDATE, 'matching')}({low}, {high}, new RegExp({ts.string(field.type.pattern)}, 'u'))"
    if kind == m.FIELD_KIND_RICHTEXT:
        return f"{imports.add('src/shared/richtext.ts', 'richText')}({low}, {_grouped(high)})"
    return f"{imports.add(_VALIDATE, 'text')}({low}, {_grouped(high)})"


def _item_type(members: Sequence[InputField]) -> str:
    texts = [f"{found.name}{'?' if found.optional else ''}: {found.type}" for found in members]
    return f"{{ {'; '.join(texts)} }}"


def _nested(application: Application, field: m.Field, imports: ts.Imports) -> str:
    imports.add(_VALIDATE, "object")
    members = [input_field(application, member, imports, update=False) for member in field.type.members_fields]
    item = f"object<{_item_type(members)}>({{ {', '.join(f'{found.name}: {found.rule}' for found in members)} }})"
    if field.type.kind == m.FIELD_KIND_OBJECT:
        return item
    low = field.type.min_items if field.type.HasField("min_items") else 0
    high = field.type.max_items if field.type.HasField("max_items") else _MOST_ITEMS
    return f"{imports.add(_VALIDATE, 'list')}({item}, {low}, {high})"


def _decimal(field_type: m.FieldType) -> list[str]:
    arguments = [str(field_type.precision), str(field_type.scale)]
    if field_type.minimum or field_type.maximum:
        arguments.append(ts.string(field_type.minimum) if field_type.minimum else "undefined")
    if field_type.maximum:
        arguments.append(ts.string(field_type.maximum))
    return arguments


def _grouped(number: int) -> str:
    return ts.number(number)
