"""What each type of field is in a form: what its input holds, sends, checks and looks like."""

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright_react_frontend.fields import (
    DECIMAL,
    FILES,
    FILES_FOLDER,
    ONE,
    TEXTS,
    WHOLE,
    Piece,
    labels_name,
    plain_type,
)
from stackwright_react_frontend.source import attribute, member, string

# Entered as the JSON text that travels.
_AS_JSON = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_OBJECT, m.FIELD_KIND_LIST})
_LONG = frozenset({m.FIELD_KIND_TEXT, m.FIELD_KIND_RICHTEXT})
_LIMITS = {m.FIELD_KIND_INT: (-(2**31), 2**31 - 1), m.FIELD_KIND_BIGINT: (-(2**53) + 1, 2**53 - 1)}
_CONVERT = "src/shared/form/convert.ts"
_PLACES = "src/shared/places.ts"
_OWN_RULES = {
    m.FIELD_KIND_DURATION: Piece("spanOfTime()", (("src/shared/spans.ts", "spanOfTime"),)),
    m.FIELD_KIND_RRULE: Piece("recurrence()", (("src/shared/recurrence.ts", "recurrence"),)),
}
# Entered by a component with a file of its own.
_OWN_INPUTS = {
    m.FIELD_KIND_DURATION: "DurationInput",
    m.FIELD_KIND_RRULE: "RecurrenceInput",
    m.FIELD_KIND_POINT: "PlaceInput",
    m.FIELD_KIND_CURRENCY: "CurrencyInput",
    m.FIELD_KIND_TIMEZONE: "TimeZoneInput",
    m.FIELD_KIND_COLOR: "ColorInput",
}


@dataclass(frozen=True)
class Target:
    """A model whose rows can be chosen: its name, what people call it, the last segment of the address of its rows."""

    type: str
    label: str
    collection: str


def draft_type(field: m.Field) -> Piece:
    """Type of what the input holds."""
    kind = field.type.kind
    reference = (("src/shared/api/types.ts", "Reference"),)
    if kind in ONE:
        return Piece("Reference | null", reference)
    if kind == m.FIELD_KIND_ANY:
        return Piece("Pointer | null", (("src/shared/api/types.ts", "Pointer"),))
    if kind == m.FIELD_KIND_POINT:
        return Piece("PlaceDraft", ((_PLACES, "PlaceDraft"),))
    if kind == m.FIELD_KIND_LINKS:
        return Piece("Reference[]", reference)
    return Piece("boolean" if kind == m.FIELD_KIND_BOOL else "string")


def to_draft(field: m.Field, *, readable: bool) -> Piece:
    """What the input holds for `row`, which is undefined for a new one."""
    kind = field.type.kind
    blank = _blank(field)
    if not readable:
        return Piece(blank)
    value = member("row?", field.names.json).replace("?[", "?.[")
    if kind in WHOLE:
        value = f"{value}?.toString()" if field.optional else f"{value}.toString()"
    if kind == m.FIELD_KIND_TIMESTAMP:
        return Piece(f"toLocalInput({value} ?? null)", ((_CONVERT, "toLocalInput"),))
    if kind == m.FIELD_KIND_POINT:
        return Piece(f"toPlaceDraft({value})", ((_PLACES, "toPlaceDraft"),))
    if kind in _AS_JSON:
        return Piece(f"toJsonText({value})", ((_CONVERT, "toJsonText"),))
    if field.optional and blank not in ('""', "null", "false", "[]"):
        # The default is for new rows only; a row that was emptied stays empty.
        return Piece(f'row === undefined ? {blank} : ({value.replace("row?.", "row.", 1)} ?? "")')
    return Piece(f"{value} ?? {blank}")


def _blank(field: m.Field) -> str:
    kind = field.type.kind
    if kind in (*ONE, m.FIELD_KIND_ANY):
        return "null"
    if kind == m.FIELD_KIND_POINT:
        return '{ latitude: "", longitude: "" }'
    if kind == m.FIELD_KIND_LINKS:
        return "[]"
    chosen = field.default.WhichOneof("value") if field.HasField("default") else None
    if kind == m.FIELD_KIND_BOOL:
        return "true" if chosen == "bool_value" and field.default.bool_value else "false"
    if chosen in ("int_value", "decimal_value", "string_value", "enum_value", "temporal_value"):
        return string(str(getattr(field.default, chosen)))
    return '""'


def is_made(field: m.Field) -> bool:
    """Whether the server makes it where nothing is entered, so that it is not sent then: of another field, or anew."""
    return field.HasField("init") or (field.type.kind == m.FIELD_KIND_SLUG and bool(field.from_field_id))


def to_input(field: m.Field, input_name: str) -> Piece:
    """What is sent for `draft`; `input_name` is the type of the whole input."""
    kind = field.type.kind
    value = member("draft", field.names.json)
    if is_made(field) and kind in TEXTS:
        return Piece(f"{value} || undefined")
    if is_made(field) and not field.optional and kind != m.FIELD_KIND_BOOL:
        blank = m.Field()
        blank.CopyFrom(field)
        blank.optional = True
        sent = to_input(blank, input_name)
        return Piece(f"{sent.text} ?? undefined", sent.imports)
    if kind in ONE:
        return Piece(f"idOf({value})" if field.optional else f'idOf({value}) ?? ""', ((_CONVERT, "idOf"),))
    if kind == m.FIELD_KIND_LINKS:
        return Piece(f"idsOf({value})", ((_CONVERT, "idsOf"),))
    if kind == m.FIELD_KIND_BOOL:
        return Piece(value)
    if kind == m.FIELD_KIND_TIMESTAMP:
        text = f"fromLocalInput({value})"
        return Piece(text if field.optional else f'{text} ?? ""', ((_CONVERT, "fromLocalInput"),))
    if kind == m.FIELD_KIND_ANY:
        return Piece(f"pointerOf({value})", (("src/shared/form/pointers.ts", "pointerOf"),))
    if kind == m.FIELD_KIND_POINT:
        cast = "" if field.optional else f" as {input_name}[{string(field.names.json)}]"
        return Piece(f"fromPlaceDraft({value}){cast}", ((_PLACES, "fromPlaceDraft"),))
    if kind in _AS_JSON:
        cast = f" as {input_name}[{string(field.names.json)}]" if plain_type(field) != "unknown" else ""
        return Piece(f"fromJsonText({value}){cast}", ((_CONVERT, "fromJsonText"),))
    if kind == m.FIELD_KIND_ENUM:
        chosen = f'({value} === "" ? null : {value})' if field.optional else value
        return Piece(f"{chosen} as {input_name}[{string(field.names.json)}]")
    if kind in WHOLE:
        name = "optionalNumber" if field.optional else ""
        return Piece(f"{name}({value})", ((_CONVERT, name),)) if name else Piece(f"Number({value})")
    return Piece(f"optionalText({value})", ((_CONVERT, "optionalText"),)) if field.optional else Piece(value)


def rules(field: m.Field) -> list[Piece]:
    """What is checked before anything is sent; the server checks again."""
    kind = field.type.kind
    if kind == m.FIELD_KIND_POINT:
        return [Piece(f"placeOnEarth({'' if field.optional else 'true'})", ((_PLACES, "placeOnEarth"),))]
    found = (
        [] if field.optional or is_made(field) or kind in (m.FIELD_KIND_BOOL, m.FIELD_KIND_LINKS) else ["required()"]
    )
    if kind in WHOLE:
        least, most = _LIMITS[kind]
        found.append(f"wholeNumber({field.type.minimum or least}, {field.type.maximum or most})")
    elif kind in DECIMAL and field.type.precision:
        found.append(f"decimalNumber({field.type.precision}, {field.type.scale}{_bounds(field.type)})")
    elif kind == m.FIELD_KIND_EMAIL:
        found.append("emailAddress()")
    elif kind == m.FIELD_KIND_URL:
        found.append("webAddress()")
    elif kind in _AS_JSON:
        found.append("json()")
    elif kind in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) and field.type.max_length:
        found.append(f"length({field.type.min_length}, {field.type.max_length})")
    if field.type.pattern and kind in TEXTS:
        found.append(f'pattern(new RegExp({string(field.type.pattern)}, "u"), "This does not have the right form.")')
    judged = [Piece(text, (("src/shared/form/rules.ts", text.split("(")[0]),)) for text in found]
    return [*judged, *([_OWN_RULES[kind]] if kind in _OWN_RULES else [])]


def _bounds(type_: m.FieldType) -> str:
    least, most = type_.minimum, type_.maximum
    return (f", {least or '-Infinity'}" if least or most else "") + (f", {most}" if most else "")


def entered(field: m.Field, targets: Sequence[Target], *, kept: bool = False, unit: str = "") -> Piece:
    """The input element of the field. `targets`: what it may refer to.

    `kept`: the field is never read, and what is stored stays while the input is empty. `unit`: the member of the same
    form that names the currency of the amount.
    """
    kind = field.type.kind
    common = _common(field, kept=kept)
    if kind in _OWN_INPUTS:
        name = _OWN_INPUTS[kind]
        return Piece(f"<{name} {common} />", ((f"src/shared/form/{name}.tsx", name),))
    if kind in FILES:
        images = " images" if kind == m.FIELD_KIND_IMAGE else ""
        return Piece(f"<FileInput {common}{images} />", ((f"{FILES_FOLDER}/FileInput.tsx", "FileInput"),))
    if kind == m.FIELD_KIND_ANY:
        offered = ", ".join(
            f"{{ type: {string(to.type)}, label: {string(to.label)}, collection: {string(to.collection)} }}"
            for to in targets
        )
        element = f"<PointerInput {common} targets={{[{offered}]}} />"
        return Piece(element, (("src/shared/form/PointerInput.tsx", "PointerInput"),))
    collection = targets[0].collection if targets else ""
    inputs, picker = "src/shared/form/inputs.tsx", "src/shared/form/ReferenceInput.tsx"
    if kind == m.FIELD_KIND_REF:
        return Piece(f"<ReferenceInput {common} collection={string(collection)} />", ((picker, "ReferenceInput"),))
    if kind == m.FIELD_KIND_LINKS:
        return Piece(f"<ReferencesInput {common} collection={string(collection)} />", ((picker, "ReferencesInput"),))
    if kind == m.FIELD_KIND_BOOL:
        return Piece(f"<CheckboxInput {common} />", ((inputs, "CheckboxInput"),))
    if kind == m.FIELD_KIND_PASSWORD:
        return Piece(f'<PasswordInput {common} autoComplete="new-password" />', ((inputs, "PasswordInput"),))
    if kind == m.FIELD_KIND_ENUM:
        options = f"optionsOf({labels_name(field)})"
        needed = ((inputs, "SelectInput"), ("src/shared/options.ts", "optionsOf"))
        return Piece(f"<SelectInput {common} options={{{options}}} />", needed)
    common += f" unit={{{member('form.values', unit)}}}" if unit else ""
    return Piece(f"<TextInput {common}{_text_attributes(field)} />", ((inputs, "TextInput"),))


def _common(field: m.Field, *, kept: bool) -> str:
    """The attributes that all inputs have."""
    kind = field.type.kind
    found = f"form={{form}} name={string(field.names.json)} label={attribute(field.names.label)}"
    if kept:
        found += ' {...(existing === undefined ? {} : { hint: "Leave it empty to keep what is stored." })}'
    elif is_made(field):
        found += ' hint="Left empty, it is made for you."'
    elif kind == m.FIELD_KIND_RICHTEXT:
        found += ' hint="HTML: paragraphs, headings, lists, tables, quotes, marks and links."'
    if not field.optional and not is_made(field) and kind not in (m.FIELD_KIND_BOOL, m.FIELD_KIND_LINKS):
        found += " required"
    return found


def _text_attributes(field: m.Field) -> str:
    kind = field.type.kind
    types = {
        m.FIELD_KIND_EMAIL: "email",
        m.FIELD_KIND_URL: "url",
        m.FIELD_KIND_PHONE: "tel",
        m.FIELD_KIND_DATE: "date",
        m.FIELD_KIND_TIME: "time",
        m.FIELD_KIND_TIMESTAMP: "datetime-local",
    }
    found = f" type={string(types[kind])}" if kind in types else ""
    if kind in _LONG or kind in _AS_JSON:
        found += " multiline"
    if kind in WHOLE:
        found += ' inputMode="numeric"'
    if kind in DECIMAL:
        found += ' inputMode="decimal"'
    if kind in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) and field.type.max_length:
        found += f" maxLength={{{field.type.max_length}}}"
    return found
