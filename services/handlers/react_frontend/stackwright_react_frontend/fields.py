"""What each type of field is on this side: its TypeScript types, how it is shown, entered, checked and filtered."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright_react_frontend.source import attribute, key, member, string

TEXTS = frozenset({
    m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT, m.FIELD_KIND_EMAIL, m.FIELD_KIND_URL, m.FIELD_KIND_SLUG, m.FIELD_KIND_PHONE,
    m.FIELD_KIND_COLOR, m.FIELD_KIND_TIMEZONE, m.FIELD_KIND_LOCALE, m.FIELD_KIND_CURRENCY, m.FIELD_KIND_IP,
    m.FIELD_KIND_CIDR, m.FIELD_KIND_RRULE, m.FIELD_KIND_RICHTEXT, m.FIELD_KIND_UUID, m.FIELD_KIND_DATE,
    m.FIELD_KIND_TIME, m.FIELD_KIND_TIMESTAMP, m.FIELD_KIND_DURATION, m.FIELD_KIND_DECIMAL, m.FIELD_KIND_MONEY,
    m.FIELD_KIND_PASSWORD, m.FIELD_KIND_TOKEN,
})  # fmt: skip
LONG = frozenset({m.FIELD_KIND_TEXT, m.FIELD_KIND_RICHTEXT})
WHOLE = frozenset({m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT})
DECIMAL = frozenset({m.FIELD_KIND_DECIMAL, m.FIELD_KIND_MONEY})
ONE = frozenset({m.FIELD_KIND_REF, m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE})
# Known to the language, but without an input here: such a field can be shown, not entered.
NOT_ENTERED = frozenset({m.FIELD_KIND_ANY, m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE, m.FIELD_KIND_MANY})
# Whole files, where they are the input of an operation; as members of a row they are references.
CONTENT = frozenset({m.FIELD_KIND_FILE})
# Entered as the JSON text that travels.
AS_JSON = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_OBJECT, m.FIELD_KIND_LIST, m.FIELD_KIND_POINT})
# Too large or too deep for a cell.
NOT_LISTED = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_RICHTEXT, m.FIELD_KIND_POINT})

_LIMITS = {m.FIELD_KIND_INT: (-(2**31), 2**31 - 1), m.FIELD_KIND_BIGINT: (-(2**53) + 1, 2**53 - 1)}
_VALUES = "src/shared/ui/values.tsx"
_CONVERT = "src/shared/form/convert.ts"


@dataclass(frozen=True)
class Piece:
    """Some TypeScript, and the names (module, name) that it needs imported."""

    text: str
    imports: tuple[tuple[str, str], ...] = ()


def row_type(field: m.Field) -> Piece:
    """Type of the field in answers."""
    kind = field.type.kind
    reference = (("src/shared/api/types.ts", "Reference"),)
    if kind in ONE:
        # Null also where the caller may not know what is referred to.
        return Piece("Reference | null", reference)
    if kind == m.FIELD_KIND_LINKS:
        return Piece("Reference[]", reference)
    if kind == m.FIELD_KIND_ANY:
        return Piece("(Reference & { type: string }) | null", reference)
    return _nullable(_plain_type(field), optional=field.optional)


def input_type(field: m.Field) -> str:
    """Type of the field in what is sent."""
    kind = field.type.kind
    if kind in (m.FIELD_KIND_LINKS, m.FIELD_KIND_MANY):
        return "string[]"
    if kind == m.FIELD_KIND_ANY:
        return "{ type: string; id: string } | null"
    plain = "string" if kind in ONE else _plain_type(field)
    return _nullable(plain, optional=field.optional).text


def _plain_type(field: m.Field) -> str:
    kind = field.type.kind
    if kind in TEXTS:
        return "string"
    if kind in WHOLE:
        return "number"
    if kind == m.FIELD_KIND_BOOL:
        return "boolean"
    if kind == m.FIELD_KIND_ENUM:
        return " | ".join(string(name) for name in field.type.members)
    if kind == m.FIELD_KIND_REF:
        return "Reference"
    if kind in (m.FIELD_KIND_LIST, m.FIELD_KIND_OBJECT):
        members = "; ".join(f"{key(item.name)}: {input_type(item)}" for item in field.type.members_fields)
        return f"{{ {members} }}[]" if kind == m.FIELD_KIND_LIST else f"{{ {members} }}"
    return "unknown"


def _nullable(text: str, *, optional: bool) -> Piece:
    return Piece(f"{text} | null" if optional and text != "unknown" else text)


def shown(field: m.Field, to: str, *, cell: bool) -> Piece:
    """The element that shows the field of `row`, in a cell or on its page.

    `to` is the target's address, if any; for a reference to any row an object of addresses by model.
    """
    kind = field.type.kind
    value = f"value={{{member('row', field.names.json)}}}"
    text = "Text" if cell else "LongText"
    name, extra = {
        m.FIELD_KIND_INT: ("NumberText", ""),
        m.FIELD_KIND_BIGINT: ("NumberText", ""),
        m.FIELD_KIND_DECIMAL: ("NumberText", ""),
        m.FIELD_KIND_MONEY: ("NumberText", ""),
        m.FIELD_KIND_BOOL: ("Flag", ""),
        m.FIELD_KIND_DATE: ("DateOnly", ""),
        m.FIELD_KIND_TIMESTAMP: ("DateTime", ""),
        m.FIELD_KIND_REF: ("ReferenceText", f" to={attribute(to)}" if to else ""),
        m.FIELD_KIND_FILE: ("ReferenceText", ""),
        m.FIELD_KIND_IMAGE: ("ReferenceText", ""),
        m.FIELD_KIND_LINKS: ("ReferenceChips", " max={3}" if cell else " max={50}"),
        m.FIELD_KIND_ENUM: ("EnumChip", f" labels={{{labels_name(field)}}}"),
        m.FIELD_KIND_JSON: ("JsonBlock", ""),
        m.FIELD_KIND_POINT: ("JsonBlock", ""),
        m.FIELD_KIND_ANY: ("PointerText", f" pages={{{to}}}"),
        m.FIELD_KIND_URL: (text if cell else "ExternalLink", ""),
        m.FIELD_KIND_EMAIL: (text if cell else "ExternalLink", "" if cell else ' kind="email"'),
        m.FIELD_KIND_PHONE: (text if cell else "ExternalLink", "" if cell else ' kind="phone"'),
    }.get(kind, (text, ""))
    return Piece(f"<{name} {value}{extra} />", ((_VALUES, name),))


def labels_name(field: m.Field) -> str:
    """Constant with what people read for the members of an enum."""
    return f"{field.names.property}Labels"


def draft_type(field: m.Field) -> Piece:
    """Type of what the input holds."""
    kind = field.type.kind
    reference = (("src/shared/api/types.ts", "Reference"),)
    if kind == m.FIELD_KIND_REF:
        return Piece("Reference | null", reference)
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
    if kind in AS_JSON:
        return Piece(f"toJsonText({value})", ((_CONVERT, "toJsonText"),))
    if field.optional and blank not in ('""', "null", "false"):
        # The default is for new rows only; a row that was emptied stays empty.
        return Piece(f'row === undefined ? {blank} : ({value.replace("row?.", "row.", 1)} ?? "")')
    return Piece(f"{value} ?? {blank}")


def _blank(field: m.Field) -> str:
    kind = field.type.kind
    if kind == m.FIELD_KIND_REF:
        return "null"
    if kind == m.FIELD_KIND_LINKS:
        return "[]"
    chosen = field.default.WhichOneof("value") if field.HasField("default") else None
    if kind == m.FIELD_KIND_BOOL:
        return "true" if chosen == "bool_value" and field.default.bool_value else "false"
    if chosen in ("int_value", "decimal_value", "string_value", "enum_value", "temporal_value"):
        return string(str(getattr(field.default, chosen)))
    return '""'


def to_input(field: m.Field, input_name: str) -> Piece:
    """What is sent for `draft`; `input_name` is the type of the whole input."""
    kind = field.type.kind
    value = member("draft", field.names.json)
    if kind == m.FIELD_KIND_REF:
        return Piece(f"idOf({value})" if field.optional else f'idOf({value}) ?? ""', ((_CONVERT, "idOf"),))
    if kind == m.FIELD_KIND_LINKS:
        return Piece(f"idsOf({value})", ((_CONVERT, "idsOf"),))
    if kind == m.FIELD_KIND_BOOL:
        return Piece(value)
    if kind == m.FIELD_KIND_TIMESTAMP:
        text = f"fromLocalInput({value})"
        return Piece(text if field.optional else f'{text} ?? ""', ((_CONVERT, "fromLocalInput"),))
    if kind in AS_JSON:
        cast = f" as {input_name}[{string(field.names.json)}]" if _plain_type(field) != "unknown" else ""
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
    found = [] if field.optional or kind in (m.FIELD_KIND_BOOL, m.FIELD_KIND_LINKS) else ["required()"]
    if kind in WHOLE:
        least, most = _LIMITS[kind]
        found.append(f"wholeNumber({field.type.minimum or least}, {field.type.maximum or most})")
    elif kind in DECIMAL and field.type.precision:
        found.append(f"decimalNumber({field.type.precision}, {field.type.scale})")
    elif kind == m.FIELD_KIND_EMAIL:
        found.append("emailAddress()")
    elif kind == m.FIELD_KIND_URL:
        found.append("webAddress()")
    elif kind in AS_JSON:
        found.append("json()")
    elif kind in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) and field.type.max_length:
        found.append(f"length({field.type.min_length}, {field.type.max_length})")
    return [Piece(text, (("src/shared/form/rules.ts", text.split("(")[0]),)) for text in found]


def entered(field: m.Field, collection: str, *, kept: bool = False) -> Piece:
    """The input element of the field. `collection` is the last segment of the address of what is referred to.

    `kept`: the field is never read, and what is stored stays while the input is empty.
    """
    kind = field.type.kind
    common = f"form={{form}} name={string(field.names.json)} label={attribute(field.names.label)}"
    if kept:
        common += ' {...(existing === undefined ? {} : { hint: "Leave it empty to keep what is stored." })}'
    if not field.optional and kind not in (m.FIELD_KIND_BOOL, m.FIELD_KIND_LINKS):
        common += " required"
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
    return Piece(f"<TextInput {common}{_text_attributes(field)} />", ((inputs, "TextInput"),))


def _text_attributes(field: m.Field) -> str:
    kind = field.type.kind
    types = {
        m.FIELD_KIND_EMAIL: "email",
        m.FIELD_KIND_URL: "url",
        m.FIELD_KIND_PHONE: "tel",
        m.FIELD_KIND_DATE: "date",
        m.FIELD_KIND_TIME: "time",
        m.FIELD_KIND_TIMESTAMP: "datetime-local",
        m.FIELD_KIND_COLOR: "color",
    }
    found = f" type={string(types[kind])}" if kind in types else ""
    if kind in LONG or kind in AS_JSON:
        found += " multiline"
    if kind in WHOLE:
        found += ' inputMode="numeric"'
    if kind in DECIMAL:
        found += ' inputMode="decimal"'
    if kind in (m.FIELD_KIND_STRING, m.FIELD_KIND_TEXT) and field.type.max_length:
        found += f" maxLength={{{field.type.max_length}}}"
    return found


def is_sortable(field: m.Field) -> bool:
    """Whether sorting by it means something to people; the order of ids, which a reference would give, does not."""
    kinds = (m.FIELD_KIND_ENUM, m.FIELD_KIND_BOOL, m.FIELD_KIND_DATE, m.FIELD_KIND_TIMESTAMP)
    never = {*ONE, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY, m.FIELD_KIND_JSON}
    wanted = (field.sort or field.type.kind in kinds) and field.type.kind not in never
    return wanted and (field.stored or not field.HasField("value"))


def filter_of(field: m.Field, collection: str) -> str:
    """The filter of the field as an object literal, or nothing where it has none."""
    kind = field.type.kind
    start = f"key: {string(field.names.json)}, label: {string(field.names.label)}"
    if field.HasField("value") and not field.stored:
        return ""
    if kind == m.FIELD_KIND_ENUM:
        return f'{{ kind: "select", {start}, options: optionsOf({labels_name(field)}) }}'
    if kind == m.FIELD_KIND_BOOL:
        options = '{ value: "true", label: "Yes" }, { value: "false", label: "No" }'
        return f'{{ kind: "select", {start}, options: [{options}] }}'
    if kind in (m.FIELD_KIND_REF, m.FIELD_KIND_LINKS):
        return f'{{ kind: "reference", {start}, collection: {string(collection)} }}' if collection else ""
    if kind in (m.FIELD_KIND_DATE, m.FIELD_KIND_TIMESTAMP):
        return f"{{ kind: {string('date' if kind == m.FIELD_KIND_DATE else 'timestamp')}, {start} }}"
    if not field.filter or kind in (m.FIELD_KIND_JSON, m.FIELD_KIND_ANY):
        return ""
    if kind in WHOLE | DECIMAL:
        return f'{{ kind: "number", {start} }}'
    exact = kind in (m.FIELD_KIND_UUID, m.FIELD_KIND_IP, m.FIELD_KIND_CIDR, m.FIELD_KIND_TIME)
    return f"{{ kind: {string('exact' if exact else 'text')}, {start} }}"
