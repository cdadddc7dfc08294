"""Bounds that a type has without being written."""

from __future__ import annotations

from stackwright.contract.v1 import model_pb2 as model

_LENGTHS: dict[model.FieldKind, tuple[int, int]] = {
    model.FIELD_KIND_STRING: (0, 255),
    model.FIELD_KIND_TEXT: (0, 20000),
    model.FIELD_KIND_RICHTEXT: (0, 100000),
    model.FIELD_KIND_EMAIL: (3, 254),
    model.FIELD_KIND_URL: (1, 2048),
    model.FIELD_KIND_SLUG: (1, 120),
    model.FIELD_KIND_PHONE: (3, 32),
    model.FIELD_KIND_COLOR: (7, 7),
    model.FIELD_KIND_TIMEZONE: (1, 64),
    model.FIELD_KIND_LOCALE: (2, 35),
    model.FIELD_KIND_CURRENCY: (3, 3),
    model.FIELD_KIND_RRULE: (1, 500),
    # The setting may ask for more characters, never for fewer.
    model.FIELD_KIND_PASSWORD: (10, 200),
}
_PATTERNS = {
    model.FIELD_KIND_SLUG: "^[a-z0-9]+(-[a-z0-9]+)*$",
    model.FIELD_KIND_COLOR: "^#[0-9a-fA-F]{6}$",
    model.FIELD_KIND_CURRENCY: "^[A-Z]{3}$",
    model.FIELD_KIND_LOCALE: "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
    model.FIELD_KIND_PHONE: "^[+]?[0-9][0-9 ()./-]*$",
}
_INT, _BIGINT = 2**31, 2**53


def bounded(type_: model.FieldType) -> None:
    """Set the bounds that a type has without being written."""
    if type_.kind in _LENGTHS:
        least, most = _LENGTHS[type_.kind]
        if not type_.HasField("min_length"):
            type_.min_length = min(least, type_.max_length) if type_.HasField("max_length") else least
        if not type_.HasField("max_length"):
            type_.max_length = max(most, type_.min_length)
    if type_.kind in _PATTERNS:
        type_.pattern = _PATTERNS[type_.kind]
    if type_.kind in (model.FIELD_KIND_INT, model.FIELD_KIND_BIGINT):
        limit = _INT if type_.kind == model.FIELD_KIND_INT else _BIGINT
        type_.minimum = type_.minimum or str(-limit + (limit == _BIGINT))
        type_.maximum = type_.maximum or str(limit - 1)
    if type_.kind in (model.FIELD_KIND_DECIMAL, model.FIELD_KIND_MONEY) and not type_.precision:
        type_.precision, type_.scale = (14, 2) if type_.kind == model.FIELD_KIND_MONEY else (18, 4)
    for member in type_.members_fields:
        bounded(member.type)
