"""The Sequelize model of a table."""

from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.computed import computed_lines, is_made, lists_of, slugs_of
from stackwright_node_backend.views.constraints import constraint_lines
from stackwright_node_backend.views.visibility import is_masked
from stackwright_sdk.expressions.index import ORGANIZATION_COLUMN, type_column

_KINDS = {
    m.MODEL_KIND_RESOURCE: "resource",
    m.MODEL_KIND_PART: "part",
    m.MODEL_KIND_LINK: "link",
    m.MODEL_KIND_SINGLE: "single",
    m.MODEL_KIND_LOG: "log",
    m.MODEL_KIND_INTERNAL: "internal",
}

_IN_ORGANIZATION = {m.TENANCY_AUTO: "always", m.TENANCY_EITHER: "maybe"}

# Kind of field → type of Sequelize, type of TypeScript.
_TYPES = {
    m.FIELD_KIND_INT: ("INTEGER", "number"),
    m.FIELD_KIND_BIGINT: ("BIGINT", "number"),
    m.FIELD_KIND_DECIMAL: ("DECIMAL", "string"),
    m.FIELD_KIND_MONEY: ("DECIMAL", "string"),
    m.FIELD_KIND_BOOL: ("BOOLEAN", "boolean"),
    m.FIELD_KIND_UUID: ("UUID", "string"),
    m.FIELD_KIND_DATE: ("DATEONLY", "string"),
    m.FIELD_KIND_TIME: ("TIME", "string"),
    m.FIELD_KIND_TIMESTAMP: ("DATE", "Date"),
    m.FIELD_KIND_JSON: ("JSONB", "object"),
    m.FIELD_KIND_IP: ("INET", "string"),
    m.FIELD_KIND_CIDR: ("CIDR", "string"),
    m.FIELD_KIND_REF: ("UUID", "string"),
    m.FIELD_KIND_FILE: ("UUID", "string"),
    m.FIELD_KIND_IMAGE: ("UUID", "string"),
    m.FIELD_KIND_ANY: ("UUID", "string"),
}
_TEXT = ("TEXT", "string")
VAULT = "src/shared/vault/index.ts"
DECIMALS = frozenset({m.FIELD_KIND_DECIMAL, m.FIELD_KIND_MONEY})


@dataclass(frozen=True)
class Column:
    """One column: its declaration and its definition."""

    name: str
    declaration: str
    definition: str


@dataclass(frozen=True)
class ModelView:
    """A file `model.ts`."""

    imports: list[str]
    class_name: str
    entity: str
    table: str
    kind: str
    title: str
    unreached: bool
    soft: bool
    in_organization: str
    """Whether rows belong to an organization: `always` or `maybe`; empty where they never do."""
    tombstone: str
    """What is written over a deleted row, as an object; empty where rows do not stay."""
    secrets: list[str]
    computed: list[str]
    """Columns that follow from their row."""
    slugs: list[str]
    lists: list[str]
    """Orders in which the rows stand."""
    constraints: list[str]
    """What a caller is told when a constraint of the table is violated."""
    columns: list[Column]


def model_view(application: Application, model: m.Model, path: str) -> ModelView:
    """The view of a model's class."""
    imports = ts.Imports(path)
    for name in ("DataTypes", "literal"):
        imports.add("sequelize", name)
    for name in ("CreationOptional", "InferAttributes", "InferCreationAttributes", "Sequelize"):
        imports.add("sequelize", name, type_only=True)
    imports.add("src/shared/database/row.ts", "Row")
    display = application.display_field(model)
    computed = computed_lines(application, imports, model)
    if computed:
        imports.add("src/shared/actions/computed.ts", "Computed", type_only=True)
    constraints = constraint_lines(application, model)
    if constraints:
        imports.add("src/shared/constraints.ts", "ConstraintAnswers", type_only=True)
    columns = [
        *_implied(model),
        *_organization(application, model),
        *(column for field in application.columns(model) for column in _columns(model, field, imports)),
    ]
    return ModelView(
        imports=imports.lines(),
        class_name=model.names.class_name,
        entity=model.name,
        table=model.names.table,
        kind=_KINDS[model.kind],
        # What is computed where it is read is no column that an event could show.
        title=display.names.column if display and (display.stored or not display.HasField("value")) else "id",
        unreached=model.kind == m.MODEL_KIND_INTERNAL and not application.all_operations(model),
        soft=model.delete_mode == m.DELETE_MODE_SOFT,
        in_organization=_IN_ORGANIZATION.get(application.index.tenancy_of(model), ""),
        tombstone=_tombstone(model),
        secrets=[f"{secret_column(field)}: {ts.string(field.name)}" for field in model.fields if is_masked(field)],
        computed=computed,
        slugs=[found.text for found in slugs_of(application, model)],
        lists=list(lists_of(application, model)),
        constraints=constraints,
        columns=columns,
    )


def _tombstone(model: m.Model) -> str:
    if model.delete_mode != m.DELETE_MODE_TOMBSTONE:
        return ""
    blanked = [field for field in model.fields if field.id in model.tombstone_field_ids]
    members = [f"{field.names.column}: {_blank(field)}" for field in blanked]
    return f"{{ {', '.join(members)} }}" if members else "{}"


def _blank(field: m.Field) -> str:
    if field.optional:
        return "null"
    return {"number": "0", "boolean": "false", "object": "{}"}.get(value_type(field), "''")


def secret_column(field: m.Field) -> str:
    """The column that holds the secret, or its hash."""
    return field.names.column


def place_of(model: m.Model, field: m.Field) -> str:
    """The column that what is sealed is bound to."""
    return f"{model.names.table}.{field.names.column}"


def value_type(field: m.Field) -> str:
    """The TypeScript type of a column's value."""
    return _TYPES.get(field.type.kind, _TEXT)[1]


def _implied(model: m.Model) -> list[Column]:
    columns = [
        Column(
            "id",
            "CreationOptional<string>",
            "{ type: DataTypes.UUID, primaryKey: true, defaultValue: literal('uuidv7()') }",
        ),
        Column("created_at", "CreationOptional<Date>", "{ type: DataTypes.DATE, defaultValue: literal('now()') }"),
        Column("updated_at", "CreationOptional<Date>", "{ type: DataTypes.DATE, defaultValue: literal('now()') }"),
    ]
    if model.kind == m.MODEL_KIND_RESOURCE:
        columns.append(
            Column("row_version", "CreationOptional<number>", "{ type: DataTypes.INTEGER, defaultValue: 1 }")
        )
    if model.delete_mode != m.DELETE_MODE_HARD and model.delete_mode != m.DELETE_MODE_UNSPECIFIED:
        columns.append(Column("deleted_at", "CreationOptional<Date | null>", "{ type: DataTypes.DATE }"))
    return columns


def _organization(application: Application, model: m.Model) -> list[Column]:
    """The organization of a row: who writes a row says nothing of it, the unit of work does."""
    if not application.index.has_organization(model):
        return []
    if application.index.is_tenanted(model):
        return [Column(ORGANIZATION_COLUMN, "CreationOptional<string>", "{ type: DataTypes.UUID, allowNull: false }")]
    return [Column(ORGANIZATION_COLUMN, "CreationOptional<string | null>", "{ type: DataTypes.UUID }")]


def _columns(model: m.Model, field: m.Field, imports: ts.Imports) -> list[Column]:
    if field.encrypted:
        imports.add(VAULT, "sealedColumn")
        column = _column(model, field, field.names.column, ("TEXT", value_type(field)))
        sealed = f"sealedColumn({ts.string(place_of(model, field))})"
        required = f"{{ ...{sealed}, allowNull: false }}"
        return [replace(column, definition=sealed if field.optional else required)]
    if field.type.kind == m.FIELD_KIND_TOKEN:
        return [
            Column(field.names.column, "string", "{ type: DataTypes.TEXT, allowNull: false }"),
            Column("expires_at", "Date", "{ type: DataTypes.DATE, allowNull: false }"),
            Column("used_at", "CreationOptional<Date | null>", "{ type: DataTypes.DATE }"),
        ]
    if field.type.kind == m.FIELD_KIND_ANY:
        kind = _column(model, field, type_column(field), _TEXT)
        return [kind, _column(model, field, field.names.column, _TYPES[field.type.kind])]
    return [_column(model, field, field.names.column, _TYPES.get(field.type.kind, _TEXT))]


def _column(model: m.Model, field: m.Field, name: str, types: tuple[str, str]) -> Column:
    sequelize, typescript = types
    if field.type.kind in DECIMALS:
        sequelize = f"DECIMAL({field.type.precision}, {field.type.scale})"
    definition = f"{{ type: DataTypes.{sequelize}"
    # Triggers give stored values and numbers, and some columns follow from the rest: a row is made without them.
    given = field.stored or field.HasField("sequence") or is_made(model, field)
    if not field.optional and not given:
        definition += ", allowNull: false"
    if field.HasField("default"):
        definition += f", defaultValue: {_default(field)}"
    declared = f"{typescript} | null" if field.optional else typescript
    given_later = field.optional or field.HasField("default") or given
    return Column(name, f"CreationOptional<{declared}>" if given_later else declared, f"{definition} }}")


def _default(field: m.Field) -> str:
    if field.type.kind in DECIMALS:
        return ts.string(field.default.decimal_value or str(field.default.int_value))
    return ts.literal(field.default)
