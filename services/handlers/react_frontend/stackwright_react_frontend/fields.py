"""What each type of field is on this side: its TypeScript types, how it is shown and filtered."""

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
WHOLE = frozenset({m.FIELD_KIND_INT, m.FIELD_KIND_BIGINT})
DECIMAL = frozenset({m.FIELD_KIND_DECIMAL, m.FIELD_KIND_MONEY})
ONE = frozenset({m.FIELD_KIND_REF, m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE})
FILES = frozenset({m.FIELD_KIND_FILE, m.FIELD_KIND_IMAGE})
FILES_FOLDER = "src/shared/files"
# Rows within a row: only new rows take them.
NESTED = frozenset({m.FIELD_KIND_LIST, m.FIELD_KIND_OBJECT})
# Too large or too deep for a cell.
NOT_LISTED = frozenset({m.FIELD_KIND_JSON, m.FIELD_KIND_RICHTEXT})

_VALUES = "src/shared/ui/values.tsx"
# Shown by a component with a file of its own.
_OWN_ELEMENTS = {
    m.FIELD_KIND_POINT: "PlaceText",
    m.FIELD_KIND_COLOR: "ColorText",
    m.FIELD_KIND_DURATION: "DurationText",
    m.FIELD_KIND_RRULE: "RecurrenceText",
    m.FIELD_KIND_RICHTEXT: "RichText",
}


@dataclass(frozen=True)
class Piece:
    """Some TypeScript, and the names (module, name) that it needs imported."""

    text: str
    imports: tuple[tuple[str, str], ...] = ()


def is_content(field: m.Field) -> bool:
    """Whether it is a whole file, as some operations take it; anywhere else files are references to stored ones."""
    return field.type.kind == m.FIELD_KIND_FILE and field.name == "content"


def is_entered(field: m.Field) -> bool:
    """Whether forms and dialogs have an input for it: rows of its own are added where they stand."""
    return field.type.kind != m.FIELD_KIND_MANY and not is_content(field)


def row_type(field: m.Field, *, emptied: bool = False) -> Piece:
    """Type of the field in answers; `emptied`: by deleting the row, which keeps its place."""
    kind = field.type.kind
    reference = (("src/shared/api/types.ts", "Reference"),)
    if kind == m.FIELD_KIND_POINT:
        text = _nullable("Place", optional=field.optional or emptied).text
        return Piece(text, (("src/shared/places.ts", "Place"),))
    if kind in ONE:
        # Null also where the caller may not know what is referred to.
        return Piece("Reference | null", reference)
    if kind == m.FIELD_KIND_LINKS:
        return Piece("Reference[]", reference)
    if kind == m.FIELD_KIND_ANY:
        return Piece("Pointer | null", (("src/shared/api/types.ts", "Pointer"),))
    return _nullable(plain_type(field), optional=field.optional or emptied)


def input_type(field: m.Field) -> str:
    """Type of the field in what is sent."""
    kind = field.type.kind
    if kind in (m.FIELD_KIND_LINKS, m.FIELD_KIND_MANY):
        return "string[]"
    if kind == m.FIELD_KIND_ANY:
        return "{ type: string; id: string } | null"
    plain = "string" if kind in ONE else plain_type(field)
    return _nullable(plain, optional=field.optional).text


def plain_type(field: m.Field) -> str:
    """Type of a value that is there."""
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
    return "{ latitude: number; longitude: number }" if kind == m.FIELD_KIND_POINT else "unknown"


def _nullable(text: str, *, optional: bool) -> Piece:
    return Piece(f"{text} | null" if optional and text != "unknown" else text)


def shown(field: m.Field, to: str, *, cell: bool) -> Piece:
    """The element that shows the field of `row`, in a cell or on its page.

    `to` is the target's address, if any; for a reference to any row an object of addresses by model.
    """
    kind = field.type.kind
    value = f"value={{{member('row', field.names.json)}}}"
    text = "Text" if cell else "LongText"
    if kind in _OWN_ELEMENTS:
        name = _OWN_ELEMENTS[kind]
        return Piece(f"<{name} {value} />", ((f"src/shared/ui/{name}.tsx", name),))
    name, extra = {
        m.FIELD_KIND_INT: ("NumberText", ""),
        m.FIELD_KIND_BIGINT: ("NumberText", ""),
        m.FIELD_KIND_DECIMAL: ("NumberText", ""),
        m.FIELD_KIND_MONEY: ("NumberText", ""),
        m.FIELD_KIND_BOOL: ("Flag", ""),
        m.FIELD_KIND_DATE: ("DateOnly", ""),
        m.FIELD_KIND_TIMESTAMP: ("DateTime", ""),
        m.FIELD_KIND_REF: ("ReferenceText", f" to={attribute(to)}" if to else ""),
        m.FIELD_KIND_LINKS: ("ReferenceChips", " max={3}" if cell else " max={50}"),
        m.FIELD_KIND_ENUM: ("EnumChip", f" labels={{{labels_name(field)}}}"),
        m.FIELD_KIND_JSON: ("JsonBlock", ""),
        m.FIELD_KIND_ANY: ("PointerText", f" pages={{{to}}}"),
        m.FIELD_KIND_URL: (text if cell else "ExternalLink", ""),
        m.FIELD_KIND_EMAIL: (text if cell else "ExternalLink", "" if cell else ' kind="email"'),
        m.FIELD_KIND_PHONE: (text if cell else "ExternalLink", "" if cell else ' kind="phone"'),
    }.get(kind, (text, ""))
    return Piece(f"<{name} {value}{extra} />", ((_VALUES, name),))


def labels_name(field: m.Field) -> str:
    """Constant with what people read for the members of an enum."""
    return f"{field.names.property}Labels"


def is_sortable(field: m.Field) -> bool:
    """Whether sorting by it means something to people; the order of ids, which a reference would give, does not."""
    never = {*ONE, m.FIELD_KIND_LINKS, m.FIELD_KIND_ANY, m.FIELD_KIND_JSON}
    return field.sort and field.type.kind not in never and (field.stored or not field.HasField("value"))


def filter_of(field: m.Field, collection: str) -> str:
    """The filter of the field as an object literal, or nothing where it has none."""
    kind = field.type.kind
    start = f"key: {string(field.names.json)}, label: {string(field.names.label)}"
    start += ", nullable: true" if field.optional and kind != m.FIELD_KIND_LINKS else ""
    if (field.HasField("value") and not field.stored) or not (field.filter or kind == m.FIELD_KIND_LINKS):
        return ""
    if kind == m.FIELD_KIND_ENUM:
        return f'{{ kind: "select", {start}, options: optionsOf({labels_name(field)}) }}'
    if kind == m.FIELD_KIND_BOOL:
        return f'{{ kind: "flag", {start} }}'
    if kind in (m.FIELD_KIND_REF, m.FIELD_KIND_LINKS):
        return f'{{ kind: "reference", {start}, collection: {string(collection)} }}' if collection else ""
    if kind in (m.FIELD_KIND_DATE, m.FIELD_KIND_TIMESTAMP):
        return f"{{ kind: {string('date' if kind == m.FIELD_KIND_DATE else 'timestamp')}, {start} }}"
    if kind in (m.FIELD_KIND_JSON, m.FIELD_KIND_ANY):
        return ""
    if kind in WHOLE | DECIMAL:
        return f'{{ kind: "number", {start} }}'
    exact = kind in (m.FIELD_KIND_UUID, m.FIELD_KIND_IP, m.FIELD_KIND_CIDR, m.FIELD_KIND_TIME)
    return f"{{ kind: {string('exact' if exact else 'text')}, {start} }}"
