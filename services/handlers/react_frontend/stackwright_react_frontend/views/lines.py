"""Inputs of several lines: rows within what is sent, such as the items of a new order."""

from stackwright.contract.v1 import model_pb2
from stackwright_react_frontend import fields, inputs
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, key, member
from stackwright_react_frontend.views.forms_fields import FieldView
from stackwright_react_frontend.views.model import in_words, targets_of

_MOST = 100
# What one line can ask for; the rest is entered as text.
_REFUSED = frozenset({
    *fields.NESTED,
    *fields.FILES,
    model_pb2.FIELD_KIND_ANY,
    model_pb2.FIELD_KIND_ENUM,
    model_pb2.FIELD_KIND_LINKS,
    model_pb2.FIELD_KIND_MANY,
    model_pb2.FIELD_KIND_POINT,
})  # fmt: skip


def has_lines(field: model_pb2.Field) -> bool:
    """Whether a list is entered line by line."""
    members = field.type.members_fields
    plain = all(item.type.kind not in _REFUSED for item in members)
    return field.type.kind == model_pb2.FIELD_KIND_LIST and bool(members) and plain


def lines_view(application: Application, imports: Imports, field: model_pb2.Field, input_name: str) -> FieldView:
    """The field of a form that holds the lines."""

    def use(piece: fields.Piece, *, types: bool = False) -> str:
        for module, name in piece.imports:
            imports.add(module, name, type_only=types)
        return piece.text

    members = [_named(item) for item in field.type.members_fields]
    types, blanks, rules, sent, elements = [], [], [], [], []
    for item in members:
        name = key(item.names.json)
        types.append(f"{name}: {use(inputs.draft_type(item), types=True)}")
        blanks.append(f"{name}: {use(inputs.to_draft(item, readable=False))}")
        if found := [use(rule) for rule in inputs.rules(item)]:
            rules.append(f"{name}: [{', '.join(found)}]")
        own = use(inputs.to_input(item, input_name))
        sent.append(f"{name}: {own.replace(member('draft', item.names.json), member('line', item.names.json))}")
        element = use(inputs.entered(item, targets_of(application, item)))
        elements.append(element.replace("form={form}", "form={line}"))
    imports.add("src/shared/form/LinesInput.tsx", "LinesInput")
    imports.add("src/shared/form/rules.ts", "lines")
    least = field.type.min_items if field.type.HasField("min_items") else 0 if field.optional else 1
    most = field.type.max_items if field.type.HasField("max_items") else _MOST
    judged = f"{{ {', '.join(rules)} }}"
    json = field.names.json or field.name
    start = f"form={{form}} name={attribute(json)} label={attribute(field.names.label or in_words(field.name))}"
    newline = "\n"
    needed = "" if least == 0 else " required"
    return FieldView(
        key=key(json),
        type=f"{{ {'; '.join(types)} }}[]",
        rules=f"lines({judged}, {least}, {most})",
        to_draft="[]" if least == 0 else f"[{{ {', '.join(blanks)} }}]",
        to_input=f"{member('draft', json)}.map((line) => ({{ {', '.join(sent)} }}))",
        element=(
            f"<LinesInput {start}{needed} blank={{{{ {', '.join(blanks)} }}}} rules={{{judged}}} most={{{most}}}>"
            f"{{(line) => <>\n{newline.join(elements)}\n</>}}</LinesInput>"
        ),
        condition="",
    )


def _named(item: model_pb2.Field) -> model_pb2.Field:
    """Members of lists may lack the names that fields of models have."""
    named = model_pb2.Field()
    named.CopyFrom(item)
    named.names.json = item.names.json or item.name
    named.names.label = item.names.label or in_words(item.name)
    return named
