"""Types as they are written: `string(1..80)`, `decimal(12 3 0..100)`, `ref Model`, `any A|B`."""

from __future__ import annotations

import re
from typing import cast

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.yaml_source import Source, suggestion

Kind = model.FieldKind

SCALARS: dict[str, model.FieldKind] = {
    name.removeprefix("FIELD_KIND_").lower(): cast("model.FieldKind", number)
    for name, number in model.FieldKind.items()
    if name
    not in {
        "FIELD_KIND_UNSPECIFIED",
        "FIELD_KIND_REF",
        "FIELD_KIND_MANY",
        "FIELD_KIND_LINKS",
        "FIELD_KIND_ANY",
        "FIELD_KIND_LIST",
        "FIELD_KIND_OBJECT",
    }
}
RELATIONS = {
    "ref": model.FIELD_KIND_REF,
    "many": model.FIELD_KIND_MANY,
    "links": model.FIELD_KIND_LINKS,
    "any": model.FIELD_KIND_ANY,
}
SELECTORS = frozenset({"resource", "part", "all"})

_LENGTHS = {
    model.FIELD_KIND_STRING,
    model.FIELD_KIND_TEXT,
    model.FIELD_KIND_URL,
    model.FIELD_KIND_SLUG,
    model.FIELD_KIND_RICHTEXT,
}
_RANGES = {model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT}
# How arguments are written, for those who wrote others.
_EXAMPLES = {
    **dict.fromkeys(_LENGTHS, "(1..80)"),
    **dict.fromkeys(_RANGES, "(0..100)"),
    model.FIELD_KIND_DECIMAL: "(12 3)",
    model.FIELD_KIND_MONEY: "(currency)",
}
_RANGE = re.compile(r"^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$")
_HEAD = re.compile(r"^\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*")
_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_MEMBER = re.compile(r"^[a-z][a-z0-9_]*$")
_LIFETIME = re.compile(r"^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$")


def read_type(source: Source, text: str) -> tuple[model.FieldType, list[str]]:
    """Read a type and give it with the words that follow it (flags); problems are noted at the source."""
    found = _HEAD.match(text)
    if not found:
        source.wrong("unknown_type", f"A type is expected here, not {text!r}.")
        return model.FieldType(), []
    word, arguments, rest = found[1], found[2], text[found.end() :].split()
    if word in RELATIONS:
        return _relation(source, word, rest)
    kind = SCALARS.get(word)
    if kind is None:
        known = {*SCALARS, *RELATIONS}
        near = suggestion(word, known) or f"; one of {', '.join(sorted(known))} is expected"
        source.wrong("unknown_type", f"There is no type `{word}`{near}.")
        return model.FieldType(), rest
    type_ = model.FieldType(kind=kind)
    if arguments is not None:
        _arguments(source, word, type_, arguments.split())
    elif kind == model.FIELD_KIND_ENUM:
        source.wrong("wrong_type_argument", "`enum` needs its members: `enum(open closed)`.")
    elif kind == model.FIELD_KIND_TOKEN:
        source.wrong("wrong_type_argument", "`token` needs bytes and lifetime: `token(32 P7D)`.")
    return type_, rest


def _relation(source: Source, word: str, rest: list[str]) -> tuple[model.FieldType, list[str]]:
    type_ = model.FieldType(kind=RELATIONS[word])
    if not rest:
        source.wrong("unknown_type", f"`{word}` needs the name of a model.")
        return type_, []
    target, flags = rest[0], rest[1:]
    if word == "any":
        type_.targets.extend(target.split("|"))
        wanted = all(_NAME.match(part) for part in type_.targets)
    elif word == "ref":
        type_.targets.append(target)
        wanted = bool(_NAME.match(target))
    else:
        owner, _, member = target.partition(".")
        type_.targets.append(owner)
        type_.inverse_field_id = member
        wanted = bool(_NAME.match(owner)) and (bool(_NAME.match(member)) if member else word == "links")
    if not wanted:
        shape = {"any": "`any resource` or `any A|B`", "ref": "`ref Model`", "many": "`many Model.field`"}.get(
            word, "`links Model`"
        )
        source.wrong("unknown_type", f"{shape} is expected here, not `{word} {target}`.")
    return type_, flags


def _arguments(source: Source, word: str, type_: model.FieldType, arguments: list[str]) -> None:
    kind = type_.kind
    if kind == model.FIELD_KIND_ENUM:
        _members(source, type_, arguments)
    elif kind == model.FIELD_KIND_TOKEN:
        _token(source, type_, arguments)
    elif kind in _LENGTHS and len(arguments) == 1:
        _length(source, type_, arguments[0])
    elif kind in _RANGES and len(arguments) == 1:
        _range(source, type_, arguments[0])
    elif kind == model.FIELD_KIND_DECIMAL and len(arguments) in (2, 3) and all(a.isdigit() for a in arguments[:2]):
        type_.precision, type_.scale = int(arguments[0]), int(arguments[1])
        if type_.scale > type_.precision or not 1 <= type_.precision <= 38:
            source.wrong("wrong_type_argument", "A decimal has 1 to 38 digits, of which the scale is a part.")
        if len(arguments) == 3:
            _range(source, type_, arguments[2])
    elif kind == model.FIELD_KIND_MONEY and len(arguments) in (1, 2):
        type_.currency_path = arguments[0]
        if len(arguments) == 2:
            _range(source, type_, arguments[1])
    else:
        expected = f"`{word}{_EXAMPLES[kind]}` is expected" if kind in _EXAMPLES else f"`{word}` alone is expected"
        source.wrong("wrong_type_argument", f"`{word}` does not take ({' '.join(arguments)}); {expected}.")


def _members(source: Source, type_: model.FieldType, members: list[str]) -> None:
    if not members:
        source.wrong("wrong_type_argument", "An enum needs at least one member.")
    for member in members:
        if not _MEMBER.match(member) or len(member) > 60:
            source.wrong(
                "wrong_type_argument",
                f"`{member}` is no member name: lower-case letters, digits and underscores, parted by spaces, are.",
            )
        elif member in type_.members:
            source.wrong("wrong_type_argument", f"`{member}` stands twice among the members.")
        else:
            type_.members.append(member)


def _token(source: Source, type_: model.FieldType, arguments: list[str]) -> None:
    if len(arguments) == 2 and arguments[0].isdigit() and _LIFETIME.match(arguments[1]):
        type_.token_bytes, type_.token_lifetime = int(arguments[0]), arguments[1]
        if not 16 <= type_.token_bytes <= 64:
            source.wrong("wrong_type_argument", "A token has 16 to 64 bytes.")
    else:
        source.wrong("wrong_type_argument", "`token` takes bytes and an ISO 8601 lifetime: `token(32 P7D)`.")


def _length(source: Source, type_: model.FieldType, text: str) -> None:
    found = _RANGE.match(text)
    if text.isdigit():
        type_.max_length = int(text)
    elif found and "." not in (found[1] or "") + (found[2] or ""):
        if found[1]:
            type_.min_length = int(found[1])
        if found[2]:
            type_.max_length = int(found[2])
    else:
        source.wrong("wrong_type_argument", f"A length is written `200` or `1..200`, not `{text}`.")
        return
    if type_.HasField("max_length") and type_.min_length > type_.max_length:
        source.wrong("wrong_type_argument", f"The range {text} is empty.")


def _range(source: Source, type_: model.FieldType, text: str) -> None:
    found = _RANGE.match(text)
    if not found:
        source.wrong("wrong_type_argument", f"A range is written `0..`, `..9` or `0..9`, not `{text}`.")
        return
    type_.minimum, type_.maximum = found[1] or "", found[2] or ""
    if found[1] and found[2] and float(found[1]) > float(found[2]):
        source.wrong("wrong_type_argument", f"The range {text} is empty.")
