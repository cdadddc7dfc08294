"""Names for every element of a contract, in one stable order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.naming.names import Namer, field_label
from stackwright_registry.naming.words import camel, label, pascal, plural, snake, words
from stackwright_registry.resolving.assembly import Assembly

_OLD = re.compile(r"\bold\.([a-z_0-9]+)")
_WORD = re.compile(r"[A-Za-z_0-9]+")
_COLUMNLESS = (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS)
_REFERENCES = (model.FIELD_KIND_REF, model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE)
_VERBS = {
    operation.OPERATION_KIND_LIST: "list",
    operation.OPERATION_KIND_READ: "read",
    operation.OPERATION_KIND_CREATE: "create",
    operation.OPERATION_KIND_UPDATE: "update",
    operation.OPERATION_KIND_DELETE: "delete",
    operation.OPERATION_KIND_RESTORE: "restore",
    operation.OPERATION_KIND_PUT: "put",
    operation.OPERATION_KIND_MOVE: "move",
}


def name_models(assembly: Assembly, namer: Namer) -> None:
    """Name models first, then their fields, join tables and rules."""
    for found in assembly.models.values():
        found.names.CopyFrom(namer.model(found.name, found.title))
        found.title = found.title or found.names.label
    for found in assembly.models.values():
        for field in found.fields:
            _field(namer, found, field)
    linked = [(found, field) for found, field in assembly.fields() if field.type.kind == model.FIELD_KIND_LINKS]
    # The declaring side names the join table, whichever model comes first.
    for found, field in sorted(linked, key=lambda pair: pair[1].type.join.inverse):
        _join(assembly, namer, found, field)
    for found in assembly.models.values():
        for rule in found.rules:
            _rule(assembly, namer, found, rule)
        for number, guard in enumerate(found.guards, start=1):
            guard.id = f"{found.id}/guard/{number}"


def _field(namer: Namer, found: model.Model, field: model.Field) -> None:
    column, extra = _columns(field, found)
    field.names.CopyFrom(namer.field(found.id, found.names.table, field, column=column, extra=extra))
    field.title = field.title or field.names.label
    if field.type.kind in _REFERENCES:
        namer.reference(found.id, found.names.table, field.names)


def _columns(field: model.Field, found: model.Model) -> tuple[str, list[str]]:
    kind, name = field.type.kind, snake(words(field.name)) if not field.name.isidentifier() else field.name
    if kind in _COLUMNLESS or (field.HasField("value") and not field.stored):
        return "", []
    if kind in _REFERENCES:
        return f"{name}_id", []
    if kind == model.FIELD_KIND_ANY:
        return f"{name}_id", [f"{name}_type"]
    if kind == model.FIELD_KIND_PASSWORD:
        return f"{name}_hash", []
    if kind == model.FIELD_KIND_TOKEN:
        others = {item.name for item in found.fields}
        single = sum(item.type.kind == model.FIELD_KIND_TOKEN for item in found.fields) == 1
        plain = single and not others & {"expires_at", "used_at"}
        prefix = "" if plain else f"{name}_"
        return f"{name}_hash", [f"{prefix}expires_at", f"{prefix}used_at"]
    return name, []


def _join(assembly: Assembly, namer: Namer, found: model.Model, field: model.Field) -> None:
    """Name the join table of `links`, once for both of its sides."""
    other_id = field.type.inverse_field_id
    other = assembly.field(other_id.rpartition("/")[0], other_id.rpartition("/")[2]) if other_id else None
    if other is not None and other.type.join.table:
        _mirror(field, other)
        return
    target = assembly.models[field.type.targets[0]] if field.type.targets else found
    join = field.type.join
    table, member = found.names.table, snake(words(field.name))
    join.table = namer.sql.take(f"{table}_{member}")
    join.near_column = f"{_singular(found)}_id"
    far = f"{_singular(target)}_id"
    join.far_column = far if far != join.near_column else f"{member}_{far}"
    join.primary_key_name = namer.sql.take(f"{join.table}_pkey")
    join.near_foreign_key_name = namer.sql.take(f"{join.table}_{join.near_column}_fkey")
    join.far_foreign_key_name = namer.sql.take(f"{join.table}_{join.far_column}_fkey")
    join.far_index_name = namer.sql.take(f"{join.table}_{join.far_column}_idx")


def _singular(found: model.Model) -> str:
    return snake(words(found.name))[:50]


def _mirror(field: model.Field, other: model.Field) -> None:
    join, mirrored = field.type.join, other.type.join
    join.table, join.inverse = mirrored.table, True
    join.near_column, join.far_column = mirrored.far_column, mirrored.near_column
    join.primary_key_name = mirrored.primary_key_name
    join.near_foreign_key_name = mirrored.far_foreign_key_name
    join.far_foreign_key_name = mirrored.near_foreign_key_name
    join.far_index_name = mirrored.far_index_name


def _rule(assembly: Assembly, namer: Namer, found: model.Model, rule: model.Rule) -> None:
    table, kind = found.names.table, rule.WhichOneof("kind") or ""
    fields = {field.id: field for field in found.fields}

    def columns(ids: Iterable[str]) -> list[str]:
        return [fields[item].names.column or fields[item].name for item in ids if item in fields]

    if kind == "unique":
        rule.constraint_name = namer.constraint(table, *columns(rule.unique.field_ids), "key")
    elif kind == "no_overlap":
        rule.constraint_name = namer.constraint(table, *columns(rule.no_overlap.per_field_ids), "no_overlap")
    elif kind == "check":
        rule.constraint_name = namer.constraint(table, *_subject(found, rule.check.condition.source), "rule")
    elif kind == "acyclic":
        rule.constraint_name = namer.constraint(
            table, *columns([rule.acyclic.field_id or rule.acyclic.from_field_id]), "acyclic"
        )
    elif kind == "ordered":
        rule.constraint_name = namer.constraint(table, *columns([rule.ordered.by_field_id]), "order")
    elif kind == "limit":
        rule.constraint_name = namer.constraint(table, *columns(rule.limit.per_field_ids), "limit")
    else:
        rule.constraint_name = namer.constraint(table, kind)
    rule.id = f"{found.id}/rule/{rule.constraint_name}"
    if not rule.message:
        rule.message = _message(found, rule, kind, fields)


def _subject(found: model.Model, source: str) -> list[str]:
    """Give the fields that a check is about: those compared with what they were, else the first two that it names."""
    before = set(_OLD.findall(source))
    named = before or set(_WORD.findall(source))
    return [field.name for field in found.fields if field.name in named][:2]


def _message(found: model.Model, rule: model.Rule, kind: str, fields: dict[str, model.Field]) -> str:
    """Give a clear sentence where the file gives none."""
    thing = found.names.label.lower()
    shown = [
        fields[item].title.lower() for item in rule.unique.field_ids if item in fields and item != found.owner.field_id
    ]
    sentences = {
        "unique": f"There is already a {thing} with this {' and '.join(shown) or 'key'}.",
        "check": f"These values do not go together in a {thing}.",
        "no_overlap": "This overlaps with another entry.",
        "acyclic": "This would lead in a circle.",
        "ordered": "Two entries cannot have one position.",
        "limit": "No more of these are allowed.",
        "frozen": f"This {thing} can no longer be changed.",
    }
    return sentences.get(kind, "")


def name_operations(assembly: Assembly, namer: Namer, operations: list[operation.Operation]) -> None:
    """Name every operation and its own inputs and answers."""
    for item in operations:
        found = assembly.models.get(item.model_id)
        item.names.CopyFrom(namer.operation(_stem(item, found), _call(item, found), item.name, _label(item)))
        for field in (*item.inputs, *item.returns):
            _own_names(field)


def _own_names(field: model.Field) -> None:
    if not field.names.json:
        parts = words(field.name)
        field.names.json, field.names.property = field.name, camel(parts)
        field.names.python_attribute, field.names.label = snake(parts), field_label(field)
        field.title = field.title or field.names.label
    for member in field.type.members_fields:
        _own_names(member)


def _stem(item: operation.Operation, found: model.Model | None) -> str:
    if item.kind == operation.OPERATION_KIND_METRIC:
        return f"metric{pascal(words(item.name))}"
    if found is None:
        return camel(words(item.name))
    one = found.names.class_name
    many = pascal(plural(words(found.name)))
    if item.kind == operation.OPERATION_KIND_LIST:
        return f"list{many}"
    if item.kind == operation.OPERATION_KIND_CHOICES:
        return f"choose{many}"
    if item.kind in _VERBS:
        return f"{_VERBS[item.kind]}{one}"
    return f"{camel(words(item.name))}{one if item.scope in _OF_ONE_ROW else many}"


_OF_ONE_ROW = (operation.OPERATION_SCOPE_ROW, operation.OPERATION_SCOPE_TOKEN)


def _call(item: operation.Operation, found: model.Model | None) -> str:
    if item.kind == operation.OPERATION_KIND_METRIC:
        return f"metrics.{item.name}"
    return f"{found.name}.{item.name}" if found is not None else item.name


def _label(item: operation.Operation) -> str:
    return item.title if item.kind == operation.OPERATION_KIND_ACTION else label(item.name)


def transitions(assembly: Assembly, operations: list[operation.Operation]) -> None:
    """Gather the allowed pairs of states from the actions."""
    for item in operations:
        found = assembly.models.get(item.model_id)
        if found is None or not found.HasField("states"):
            continue
        if item.to_state:
            for state in item.from_states:
                found.states.transitions.add(**{"from": state, "to": item.to_state, "operation_id": item.id})
        else:
            _set_transitions(found, item)


def _set_transitions(found: model.Model, item: operation.Operation) -> None:
    """An action without `to` that sets the state field may leave every state for each it can set."""
    field = next(field for field in found.fields if field.id == found.states.field_id)
    for step in item.steps:
        for assignment in step.set.assignments if step.HasField("set") else ():
            if assignment.field_id != field.id:
                continue
            for state in _values(assignment.value.root, list(field.type.members)):
                for before in field.type.members:
                    if before != state:
                        found.states.transitions.add(**{"from": before, "to": state, "operation_id": item.id})


def _values(node: expression.Node, members: list[str]) -> list[str]:
    """Give the members that an expression can come out as."""
    kind = node.WhichOneof("kind")
    if kind == "literal":
        return [node.literal.enum_value]
    if kind == "conditional":
        return [*_values(node.conditional.then, members), *_values(node.conditional.otherwise, members)]
    # The state itself changes nothing; anything else may be any member.
    return [] if kind == "select" else members
