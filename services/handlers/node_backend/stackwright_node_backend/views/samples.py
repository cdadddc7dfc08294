"""Values that a field takes, and such as it does not, as literals of TypeScript."""

import math
from collections.abc import Collection
from decimal import Decimal

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.model import DECIMALS
from stackwright_sdk.pattern_texts import pieces

_TEXTS = frozenset({m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT, m.FIELD_KIND_RICHTEXT, m.FIELD_KIND_SLUG})
_CHOSEN = frozenset(
    {
        m.FIELD_KIND_INT,
        m.FIELD_KIND_BIGINT,
        *DECIMALS,
        m.FIELD_KIND_DATE,
        m.FIELD_KIND_TIMESTAMP,
    }
)
# In milliseconds; what `randomInt` takes is below 2 ** 48.
_YEAR_2100 = 4_102_444_800_000
_MOST_CHOICES = 2**32
_UNLIKE = 12
# Numbers, and characters of hexadecimal digits, below which two draws may be alike.
_FEW, _SHORT = 10_000, 6
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
    m.FIELD_KIND_POINT: "{ latitude: 52.5, longitude: 13.4 }",
    m.FIELD_KIND_CURRENCY: "'EUR'",
    m.FIELD_KIND_COLOR: "'#336699'",
    m.FIELD_KIND_PHONE: "'+49 30 1234567'",
    m.FIELD_KIND_LOCALE: "'en'",
    m.FIELD_KIND_TIMEZONE: "'Europe/Berlin'",
    m.FIELD_KIND_CIDR: "'192.0.2.0/24'",
    m.FIELD_KIND_RRULE: "'FREQ=WEEKLY'",
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
    m.FIELD_KIND_POINT: "{ latitude: 91, longitude: 0 }",
}


def body_value(application: Application, field: m.Field, made: Collection[str]) -> str:
    """A value that the field takes; empty where none can be made up. `made` are the models that tests make rows of."""
    kind = field.type.kind
    if field.type.pattern and (field.unique or kind not in _FIXED):
        return _pattern_value(field)
    if kind == m.FIELD_KIND_REF:
        target = application.model(field.type.targets[0])
        if target.name == "User":
            return "person.me.id"
        return f"(await make(app, person, {ts.string(target.name)})).id" if target.id in made else ""
    if field.unique and kind in _CHOSEN:
        return _chosen(field.type)
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        return str(int(field.type.minimum) if field.type.minimum else min(1, int(field.type.maximum or 1)))
    if kind in DECIMALS:
        return ts.string(field.type.minimum or "0")
    if kind == m.FIELD_KIND_ENUM:
        return ts.string(field.type.members[0])
    if kind in _TEXTS:
        return _text_value(field)
    return _FIXED.get(kind, "")


def _chosen(field_type: m.FieldType) -> str:
    """One of many values, so that no two rows have the same."""
    if field_type.kind in (m.FIELD_KIND_DATE, m.FIELD_KIND_TIMESTAMP):
        moment = f"new Date(randomInt({_YEAR_2100})).toISOString()"
        return f"{moment}.slice(0, 10)" if field_type.kind == m.FIELD_KIND_DATE else moment
    decimal = field_type.kind in DECIMALS
    digits = field_type.precision - field_type.scale if decimal else 15
    low = math.ceil(Decimal(field_type.minimum or 0))
    high = min(math.floor(Decimal(field_type.maximum or 10**digits - 1)), low + _MOST_CHOICES)
    if low >= high:
        return ts.string(field_type.minimum or "0") if decimal else str(low)
    return f"String(randomInt({low}, {high}))" if decimal else f"randomInt({low}, {high})"


def _pattern_value(field: m.Field) -> str:
    """A text that fits the pattern, one of many where no two rows may have the same; empty where there is none."""
    most = field.type.max_length if field.type.HasField("max_length") else None
    least = field.type.min_length
    # What is free to be longer is made so long that no two are alike by chance.
    wanted = max(least, _UNLIKE if most is None else min(_UNLIKE, most)) if field.unique else least
    found = pieces(field.type.pattern, least=wanted, most=most) or pieces(field.type.pattern, least=least, most=most)
    if not found:
        return ""
    if not field.unique:
        return ts.string("".join(piece.characters[0] * piece.count for piece in found))
    parts = (
        piece.characters.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${") * piece.count
        if len(piece.characters) == 1
        else f"${{some({ts.string(piece.characters)}, {piece.count})}}"
        for piece in found
    )
    return f"`{''.join(parts)}`"


def _text_value(field: m.Field) -> str:
    low = field.type.min_length if field.type.HasField("min_length") else 0
    high = field.type.max_length if field.type.HasField("max_length") else 200
    if high < 36:  # a UUID has 36 characters
        return f"randomUUID().slice(0, {max(1, high)})" if low <= high else ""
    return f"randomUUID().padEnd({low}, '-')" if low > 36 else "randomUUID()"


def wrong_values(field: m.Field) -> list[str]:
    """Just outside of what the field takes."""
    kind = field.type.kind
    if field.trap:
        return ["'filled by no person'"]
    if kind in _TEXTS and field.type.HasField("max_length"):
        return [f"'x'.repeat({field.type.max_length + 1})"]
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT):
        bounds = [(field.type.minimum, -1), (field.type.maximum, 1)]
        return [
            *_broken(field.type),
            *(str(int(bound) + step) for bound, step in bounds if bound and abs(int(bound)) < 2**52),
        ]
    return [_WRONG[kind]] if kind in _WRONG else []


def _broken(field_type: m.FieldType) -> list[str]:
    """A number that is wrong only because it is not whole: between the bounds, if anything is."""
    low, high = (
        int(bound) if bound else default for bound, default in ((field_type.minimum, 0), (field_type.maximum, 2))
    )
    if low >= high:
        return []
    # Of what lies between, the one nearest to 1.5; below nothing, the half is counted the other way.
    whole = max(low, min(1, high - 1))
    return [f"{whole}.5" if whole >= 0 else f"-{-whole - 1}.5"]


def has_few_values(application: Application, field: m.Field) -> bool:
    """Whether a value that is made up may well be one that was made up before."""
    kind = field.type.kind
    if kind == m.FIELD_KIND_REF:
        return application.model(field.type.targets[0]).name == "User"
    if kind in (m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT) and field.type.minimum and field.type.maximum:
        return int(field.type.maximum) - int(field.type.minimum) < _FEW
    if kind in _TEXTS and not field.type.pattern:
        return field.type.HasField("max_length") and field.type.max_length < _SHORT
    return kind == m.FIELD_KIND_ENUM or ("random" not in _FIXED.get(kind, "random") and kind not in _CHOSEN)


def is_required(application: Application, field: m.Field) -> bool:
    """Whether a row cannot be made without the field."""
    if field.trap:
        return False
    return field.type.kind != m.FIELD_KIND_LINKS and not (field.optional or application.is_filled(field))
