"""Fields: `name: TYPE[(arguments)] [flags]`, or a mapping with `is:` and more keys."""

from __future__ import annotations

import re

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.language.context import Reading
from stackwright_registry.language.literals import read_literal
from stackwright_registry.language.pattern_parts import PatternError
from stackwright_registry.language.patterns import portable
from stackwright_registry.language.type_names import read_type
from stackwright_registry.yaml_source import Source, suggestion

FLAGS = frozenset(
    {
        "optional",
        "unique",
        "search",
        "filter",
        "sort",
        "once",
        "server",
        "hidden",
        "secret",
        "personal",
        "encrypted",
        "stored",
        "trap",
    }
)
ON_DELETE = {
    "cascade": model.ON_DELETE_CASCADE,
    "restrict": model.ON_DELETE_RESTRICT,
    "set_null": model.ON_DELETE_SET_NULL,
}
_REFERENCES = {model.FIELD_KIND_REF, model.FIELD_KIND_ANY, model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE}
_KEYS = (
    frozenset({"is", "default", "init", "again", "value", "sequence", "from", "read", "write", "one_of", "was", "fill"})
    | frozenset({"pattern"})
    | frozenset({"title", "description"})
    | FLAGS
)
_LIST_KEYS = frozenset({"list", "min", "max", "optional"})
# What hostile data may call a field is decided by naming; what the catalogue may call one is narrow.
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,59}$")


def read_fields(reading: Reading, source: Source, owner: str) -> list[model.Field]:
    """Read the fields of a model, in order; `owner` names the model for places."""
    fields = []
    for key, value in source.pairs():
        field = read_field(reading, key, value)
        reading.note(f"{owner}.{field.name}", key)
        fields.append(field)
    return fields


def read_field(reading: Reading, key: Source, source: Source) -> model.Field:
    """Read one field."""
    name = key.text("the name of a field")
    if not _NAME.match(name) and not reading.foreign:
        key.wrong("wrong_name", f"`{name}` is no field name: lower-case letters, digits and underscores, at most 60.")
    field = model.Field(name=name)
    if source.is_scalar:
        _typed(source, source.text("a type"), field)
        return field
    if not source.is_mapping:
        source.wrong("wrong_shape", "A field is a type or a mapping with `is`.")
        return field
    keys = source.mapping()
    if "list" in keys:
        _list(reading, source, field)
        return field
    keys = source.keyed("A field", _KEYS)
    if "is" not in keys:
        source.wrong("missing_key", f"The field `{name}` needs `is` with its type.")
        return field
    _typed(keys["is"], keys["is"].text("a type"), field)
    _fill(reading, keys, field)
    return field


def read_inputs(reading: Reading, source: Source, owner: str) -> list[model.Field]:
    """Read the inputs of an action."""
    return read_fields(reading, source, owner)


def read_returns(reading: Reading, source: Source, owner: str) -> list[model.Field]:
    """Read the members of an answer: `{name: TYPE = EXPRESSION}`, or a list."""
    fields = []
    for key, value in source.pairs():
        if value.is_scalar and "=" in (text := value.text()):
            type_text, _, expression_text = text.partition("=")
            field = model.Field(name=key.text())
            _typed(value, type_text, field)
            offset = len(type_text) + 1 + len(expression_text) - len(expression_text.lstrip())
            place = value.place.moved(offset)
            field.returns.CopyFrom(expression.Expression(source=expression_text.strip(), place=place.message()))
        else:
            field = read_field(reading, key, value)
        reading.note(f"{owner}.{field.name}", key)
        fields.append(field)
    return fields


def _typed(source: Source, text: str, field: model.Field) -> None:
    type_, flags = read_type(source, text)
    for flag in flags:
        if flag in FLAGS:
            setattr(field, flag, True)
        elif flag in ON_DELETE and type_.kind in _REFERENCES:
            type_.on_delete = ON_DELETE[flag]
        elif flag in ON_DELETE:
            source.wrong("wrong_flag", f"`{flag}` is for references only.")
        else:
            near = suggestion(flag, FLAGS) or f"; one of {', '.join(sorted(FLAGS))} is expected"
            source.wrong("unknown_flag", f"There is no flag `{flag}`{near}.")
    field.type.CopyFrom(type_)


def _list(reading: Reading, source: Source, field: model.Field) -> None:
    keys = source.keyed("A list", _LIST_KEYS)
    field.type.kind = model.FIELD_KIND_LIST
    field.type.members_fields.extend(read_field(reading, key, value) for key, value in keys["list"].pairs())
    if "min" in keys:
        field.type.min_items = keys["min"].integer()
    if "max" in keys:
        field.type.max_items = keys["max"].integer()
    if "optional" in keys:
        field.optional = keys["optional"].boolean()


def _fill(reading: Reading, keys: dict[str, Source], field: model.Field) -> None:
    for flag in FLAGS & keys.keys():
        setattr(field, flag, keys[flag].boolean())
    for name in ("init", "value", "read", "write", "fill"):
        if name in keys:
            getattr(field, name).CopyFrom(reading.expression(keys[name]))
    if "default" in keys:
        field.default.CopyFrom(read_literal(keys["default"], field.type))
    if "again" in keys:
        field.again_field_ids.extend(item.text("the name of a field") for item in keys["again"].one_or_more())
    if "from" in keys:
        field.from_field_id = keys["from"].text("the name of a field")
    for name in ("one_of", "was", "title", "description"):
        if name in keys:
            setattr(field, name, keys[name].text())
    if "pattern" in keys:
        _pattern(keys["pattern"], field.type)
    if "sequence" in keys:
        _sequence(reading, keys["sequence"], field.sequence)


def _pattern(source: Source, type_: model.FieldType) -> None:
    """Read what the whole of a text must be like, as the layers spell it."""
    if type_.kind not in (model.FIELD_KIND_STRING, model.FIELD_KIND_TEXT):
        source.wrong("wrong_shape", "`pattern` is for string and text.")
        return
    try:
        type_.pattern = portable(source.text("a pattern"))
    except PatternError as error:
        source.wrong("wrong_pattern", str(error))


def _sequence(reading: Reading, source: Source, sequence: model.Sequence) -> None:
    keys = source.keyed("A sequence", frozenset({"format", "per", "gapless", "at"}))
    sequence.SetInParent()
    if "format" in keys:
        sequence.format = keys["format"].text()
    if "per" in keys:
        sequence.per.extend(reading.expression(item) for item in keys["per"].one_or_more())
    if "gapless" in keys:
        sequence.gapless = keys["gapless"].boolean()
    if "at" in keys:
        sequence.at_action = keys["at"].text("the name of an action")
