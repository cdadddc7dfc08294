"""Encrypted fields: what the database cannot read it cannot compare, sort, check or compute with either."""

from __future__ import annotations

from collections.abc import Iterator

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.resolving.assembly import Assembly

REFUSAL = "An encrypted field can be read by no expression: the database does not know what it holds."

# What a value is in JSON is what is encrypted, so that it comes back as it was.
_KINDS = {
    model.FIELD_KIND_STRING: "string",
    model.FIELD_KIND_TEXT: "text",
    model.FIELD_KIND_RICHTEXT: "richtext",
    model.FIELD_KIND_EMAIL: "email",
    model.FIELD_KIND_URL: "url",
    model.FIELD_KIND_PHONE: "phone",
    model.FIELD_KIND_DATE: "date",
    model.FIELD_KIND_INT: "int",
    model.FIELD_KIND_JSON: "json",
}
_FLAGS = ("unique", "search", "filter", "sort", "stored", "trap")
_KEYS = ("default", "value", "sequence", "fill")


def check_encrypted(assembly: Assembly) -> None:
    """Refuse what an encrypted field cannot be."""
    for found in assembly.models.values():
        for field in found.fields:
            if not field.encrypted:
                continue
            place = assembly.place(field.feature, f"{found.name}.{field.name}")
            for message in _problems(found, field):
                assembly.problems.add(place, "wrong_flag", message)


def _problems(found: model.Model, field: model.Field) -> Iterator[str]:
    if field.type.kind not in _KINDS:
        yield f"`encrypted` is for {', '.join(_KINDS.values())}."
    together = [flag for flag in _FLAGS if getattr(field, flag)]
    together += [key for key in _KEYS if field.HasField(key)]
    if field.from_field_id:
        together.append("from")
    if together:
        listed = ", ".join(f"`{name}`" for name in together)
        yield f"`encrypted` does not go with {listed}: the database cannot read it."
    if found.display_field_id == field.id:
        yield "An encrypted field cannot be what a row is called: titles are read by the database."
    if any(field.id in named for named in _of_rules(found)):
        yield "A rule cannot name an encrypted field: the database cannot compare it."


def _of_rules(found: model.Model) -> Iterator[list[str]]:
    """The fields that each rule compares. What `frozen` excepts is not compared."""
    for rule in found.rules:
        body = getattr(rule, rule.WhichOneof("kind") or "check")
        for descriptor, value in body.ListFields():
            if descriptor.name.endswith("field_id"):
                yield [value]
            elif descriptor.name.endswith("field_ids") and descriptor.name != "except_field_ids":
                yield list(value)
