"""Operations whose work is written by hand, in a feature or in the base."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.base import STORAGE, import_base
from stackwright_node_backend.views.natives import NATIVE, Native
from stackwright_node_backend.views.rules import conditions_text
from stackwright_node_backend.views.writer import OperationView, Writer
from stackwright_sdk.expressions import NotCompilable

NOT_NOW = "This is not possible now."

# What happens to the refresh cookie of a browser after these.
COOKIES = {
    "register": "transportTokens",
    "login": "transportTokens",
    "refresh": "transportTokens",
    "logout": "clearTokens",
}


def native(writer: Writer, operation: o.Operation) -> OperationView:
    found = NATIVE.get((operation.native.module, operation.native.operation))
    if not found:
        call = f"{operation.native.module}.{operation.native.operation}"
        raise NotCompilable(f"{operation.id}: the native operation {call} is not there in this stack")
    module = found.module(writer.application, operation)
    if found.builder == "query":
        writer.imports.add(module, found.function)
        return writer.built(operation, "query", [], f"run: () => {found.function}()")
    if found.builder == "rowOperation":
        return _native_row(writer, operation, module, found.function)
    if found.file == STORAGE:
        return _file(writer, operation, found)
    name = f"{operation.native.module}{found.function[0].upper()}{found.function[1:]}"
    writer.imports.add(module, f"{found.function} as {name}")
    given = ["invocation", "input"] if operation.inputs else ["invocation"]
    lines = [*_native_references(writer, operation), *_native_conditions(writer, operation)]
    lines += _native_answer(writer, operation, f"await {name}({', '.join(given)})")
    options: list[str] = []
    cookie = COOKIES.get(operation.names.call)
    options += [f"after: {writer.imports.add(writer.auth('transport.ts'), cookie)}"] if cookie else []
    return writer.built(operation, found.builder, options, f"async run({', '.join(given)})", lines)


def _file(writer: Writer, operation: o.Operation, found: Native) -> OperationView:
    """An operation on stored files: what it refers to is checked where the row is written."""
    name = f"{operation.native.module}{found.function[0].upper()}{found.function[1:]}"
    writer.imports.add(STORAGE, f"{found.function} as {name}")
    on_row = operation.scope == o.OPERATION_SCOPE_ROW
    model = writer.application.model(operation.model_id) if on_row else _made(writer, operation)
    source = writer.application.import_source(writer.imports, model)
    options = [ts.entry("source", source), f"rule: {ts.string(operation.name)}"] if on_row else []
    given = ["invocation"]
    if on_row:
        writer.imports.add(STORAGE, "FileRow", type_only=True)
        given.append("row")
    if found.builder != "fileAnswer":
        given.append("input")
    if found.builder in ("fileAction", "fileRowAction"):
        given.append("file")
    passed = [given[0], *([source] if found.builder != "fileAnswer" else []), *given[1:]]
    taken = ["row: FileRow" if one == "row" else one for one in given]
    called = f"await {name}({', '.join(passed)})"
    if not found.makes:
        lines = (
            [f"return {called.removeprefix('await ')};"]
            if found.builder == "fileAnswer"
            else _native_answer(writer, operation, called)
        )
    else:
        import_base(writer.imports, "shown")
        lines = [
            f"const {{ id }} = {called};",
            f"return {{ {operation.returns[0].name}: await shown(invocation, {source}, id) }};",
        ]
    return writer.built(operation, found.builder, options, f"async run({', '.join(taken)})", lines)


def _native_row(writer: Writer, operation: o.Operation, module: str, function: str) -> OperationView:
    """What is done to a row that the base keeps: true, or it is not possible any more."""
    model = writer.application.model(operation.model_id)
    native = operation.native
    name = f"{native.module}{native.operation[0].upper()}{native.operation[1:]}"
    writer.imports.add(module, f"{function} as {name}")
    message = next((found.message for found in operation.conditions if found.message), NOT_NOW)
    options = [
        writer.source(model),
        writer.model(model),
        f"rule: {ts.string(operation.name)}",
        f"event: {ts.string(operation.name)}",
    ]
    lines = [f"unit.require(await {name}(unit, row.id), {ts.string(message)});"]
    return writer.built(operation, "rowOperation", options, "async run(unit, row)", lines)


def _native_conditions(writer: Writer, operation: o.Operation) -> list[str]:
    if not operation.conditions or operation.scope == o.OPERATION_SCOPE_ROW:
        return []
    import_base(writer.imports, "possible")
    conditions = f"{operation.names.function}Conditions"
    writer.joins[f"const {conditions} = {conditions_text(writer.application, operation, this=None)};"] = None
    return [f"await possible(invocation, {conditions}, input);"]


def _made(writer: Writer, operation: o.Operation) -> m.Model:
    return writer.application.model(operation.returns[0].type.targets[0])


def _native_references(writer: Writer, operation: o.Operation) -> list[str]:
    lines = writer.references(operation)
    if lines:
        import_base(writer.imports, "referred")
    return [line.replace("await unit.refer(", "await referred(invocation, ") for line in lines]


def _native_answer(writer: Writer, operation: o.Operation, called: str) -> list[str]:
    names = [field.name for field in operation.returns]
    lines = [f"const {{ {', '.join(names)} }} = {called};"]
    answers = []
    for field in operation.returns:
        if field.type.kind == m.FIELD_KIND_REF:
            source = writer.application.import_source(writer.imports, writer.application.model(field.type.targets[0]))
            import_base(writer.imports, "shown")
            answers.append(f"{field.name}: await shown(invocation, {source}, {field.name}.id)")
        else:
            answers.append(field.name)
    return [*lines, f"return {{ {', '.join(answers)} }};"]
