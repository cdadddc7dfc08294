from stackwright.contract.v1 import expression_pb2 as _expression_pb2
from stackwright.contract.v1 import names_pb2 as _names_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Provenance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROVENANCE_UNSPECIFIED: _ClassVar[Provenance]
    PROVENANCE_CATALOGUE: _ClassVar[Provenance]
    PROVENANCE_REQUEST: _ClassVar[Provenance]
    PROVENANCE_CLAUDE: _ClassVar[Provenance]
    PROVENANCE_INFERRED: _ClassVar[Provenance]

class ModelKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODEL_KIND_UNSPECIFIED: _ClassVar[ModelKind]
    MODEL_KIND_RESOURCE: _ClassVar[ModelKind]
    MODEL_KIND_PART: _ClassVar[ModelKind]
    MODEL_KIND_LINK: _ClassVar[ModelKind]
    MODEL_KIND_SINGLE: _ClassVar[ModelKind]
    MODEL_KIND_LOG: _ClassVar[ModelKind]
    MODEL_KIND_INTERNAL: _ClassVar[ModelKind]

class Tenancy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TENANCY_UNSPECIFIED: _ClassVar[Tenancy]
    TENANCY_AUTO: _ClassVar[Tenancy]
    TENANCY_NONE: _ClassVar[Tenancy]
    TENANCY_EITHER: _ClassVar[Tenancy]

class DeleteMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELETE_MODE_UNSPECIFIED: _ClassVar[DeleteMode]
    DELETE_MODE_HARD: _ClassVar[DeleteMode]
    DELETE_MODE_SOFT: _ClassVar[DeleteMode]
    DELETE_MODE_TOMBSTONE: _ClassVar[DeleteMode]

class OnErase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ON_ERASE_UNSPECIFIED: _ClassVar[OnErase]
    ON_ERASE_DELETE: _ClassVar[OnErase]
    ON_ERASE_ANONYMISE: _ClassVar[OnErase]
    ON_ERASE_KEEP: _ClassVar[OnErase]

class FieldKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIELD_KIND_UNSPECIFIED: _ClassVar[FieldKind]
    FIELD_KIND_STRING: _ClassVar[FieldKind]
    FIELD_KIND_TEXT: _ClassVar[FieldKind]
    FIELD_KIND_INT: _ClassVar[FieldKind]
    FIELD_KIND_BIGINT: _ClassVar[FieldKind]
    FIELD_KIND_DECIMAL: _ClassVar[FieldKind]
    FIELD_KIND_BOOL: _ClassVar[FieldKind]
    FIELD_KIND_UUID: _ClassVar[FieldKind]
    FIELD_KIND_DATE: _ClassVar[FieldKind]
    FIELD_KIND_TIME: _ClassVar[FieldKind]
    FIELD_KIND_TIMESTAMP: _ClassVar[FieldKind]
    FIELD_KIND_DURATION: _ClassVar[FieldKind]
    FIELD_KIND_JSON: _ClassVar[FieldKind]
    FIELD_KIND_ENUM: _ClassVar[FieldKind]
    FIELD_KIND_EMAIL: _ClassVar[FieldKind]
    FIELD_KIND_URL: _ClassVar[FieldKind]
    FIELD_KIND_SLUG: _ClassVar[FieldKind]
    FIELD_KIND_PHONE: _ClassVar[FieldKind]
    FIELD_KIND_COLOR: _ClassVar[FieldKind]
    FIELD_KIND_TIMEZONE: _ClassVar[FieldKind]
    FIELD_KIND_LOCALE: _ClassVar[FieldKind]
    FIELD_KIND_CURRENCY: _ClassVar[FieldKind]
    FIELD_KIND_IP: _ClassVar[FieldKind]
    FIELD_KIND_CIDR: _ClassVar[FieldKind]
    FIELD_KIND_RRULE: _ClassVar[FieldKind]
    FIELD_KIND_POINT: _ClassVar[FieldKind]
    FIELD_KIND_RICHTEXT: _ClassVar[FieldKind]
    FIELD_KIND_MONEY: _ClassVar[FieldKind]
    FIELD_KIND_PASSWORD: _ClassVar[FieldKind]
    FIELD_KIND_TOKEN: _ClassVar[FieldKind]
    FIELD_KIND_FILE: _ClassVar[FieldKind]
    FIELD_KIND_IMAGE: _ClassVar[FieldKind]
    FIELD_KIND_REF: _ClassVar[FieldKind]
    FIELD_KIND_MANY: _ClassVar[FieldKind]
    FIELD_KIND_LINKS: _ClassVar[FieldKind]
    FIELD_KIND_ANY: _ClassVar[FieldKind]
    FIELD_KIND_LIST: _ClassVar[FieldKind]
    FIELD_KIND_OBJECT: _ClassVar[FieldKind]

class OnDelete(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ON_DELETE_UNSPECIFIED: _ClassVar[OnDelete]
    ON_DELETE_CASCADE: _ClassVar[OnDelete]
    ON_DELETE_RESTRICT: _ClassVar[OnDelete]
    ON_DELETE_SET_NULL: _ClassVar[OnDelete]
PROVENANCE_UNSPECIFIED: Provenance
PROVENANCE_CATALOGUE: Provenance
PROVENANCE_REQUEST: Provenance
PROVENANCE_CLAUDE: Provenance
PROVENANCE_INFERRED: Provenance
MODEL_KIND_UNSPECIFIED: ModelKind
MODEL_KIND_RESOURCE: ModelKind
MODEL_KIND_PART: ModelKind
MODEL_KIND_LINK: ModelKind
MODEL_KIND_SINGLE: ModelKind
MODEL_KIND_LOG: ModelKind
MODEL_KIND_INTERNAL: ModelKind
TENANCY_UNSPECIFIED: Tenancy
TENANCY_AUTO: Tenancy
TENANCY_NONE: Tenancy
TENANCY_EITHER: Tenancy
DELETE_MODE_UNSPECIFIED: DeleteMode
DELETE_MODE_HARD: DeleteMode
DELETE_MODE_SOFT: DeleteMode
DELETE_MODE_TOMBSTONE: DeleteMode
ON_ERASE_UNSPECIFIED: OnErase
ON_ERASE_DELETE: OnErase
ON_ERASE_ANONYMISE: OnErase
ON_ERASE_KEEP: OnErase
FIELD_KIND_UNSPECIFIED: FieldKind
FIELD_KIND_STRING: FieldKind
FIELD_KIND_TEXT: FieldKind
FIELD_KIND_INT: FieldKind
FIELD_KIND_BIGINT: FieldKind
FIELD_KIND_DECIMAL: FieldKind
FIELD_KIND_BOOL: FieldKind
FIELD_KIND_UUID: FieldKind
FIELD_KIND_DATE: FieldKind
FIELD_KIND_TIME: FieldKind
FIELD_KIND_TIMESTAMP: FieldKind
FIELD_KIND_DURATION: FieldKind
FIELD_KIND_JSON: FieldKind
FIELD_KIND_ENUM: FieldKind
FIELD_KIND_EMAIL: FieldKind
FIELD_KIND_URL: FieldKind
FIELD_KIND_SLUG: FieldKind
FIELD_KIND_PHONE: FieldKind
FIELD_KIND_COLOR: FieldKind
FIELD_KIND_TIMEZONE: FieldKind
FIELD_KIND_LOCALE: FieldKind
FIELD_KIND_CURRENCY: FieldKind
FIELD_KIND_IP: FieldKind
FIELD_KIND_CIDR: FieldKind
FIELD_KIND_RRULE: FieldKind
FIELD_KIND_POINT: FieldKind
FIELD_KIND_RICHTEXT: FieldKind
FIELD_KIND_MONEY: FieldKind
FIELD_KIND_PASSWORD: FieldKind
FIELD_KIND_TOKEN: FieldKind
FIELD_KIND_FILE: FieldKind
FIELD_KIND_IMAGE: FieldKind
FIELD_KIND_REF: FieldKind
FIELD_KIND_MANY: FieldKind
FIELD_KIND_LINKS: FieldKind
FIELD_KIND_ANY: FieldKind
FIELD_KIND_LIST: FieldKind
FIELD_KIND_OBJECT: FieldKind
ON_DELETE_UNSPECIFIED: OnDelete
ON_DELETE_CASCADE: OnDelete
ON_DELETE_RESTRICT: OnDelete
ON_DELETE_SET_NULL: OnDelete

class Model(_message.Message):
    __slots__ = ("id", "name", "feature", "title", "description", "provenance", "kind", "part_of", "owner", "adopt", "tenancy", "display_field_id", "fields", "rules", "guards", "access", "states", "live", "live_readers", "delete_mode", "tombstone_field_ids", "paging", "on_erase", "was", "names", "referred_to", "api", "native_rows")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PART_OF_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    ADOPT_FIELD_NUMBER: _ClassVar[int]
    TENANCY_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    GUARDS_FIELD_NUMBER: _ClassVar[int]
    ACCESS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    LIVE_FIELD_NUMBER: _ClassVar[int]
    LIVE_READERS_FIELD_NUMBER: _ClassVar[int]
    DELETE_MODE_FIELD_NUMBER: _ClassVar[int]
    TOMBSTONE_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    PAGING_FIELD_NUMBER: _ClassVar[int]
    ON_ERASE_FIELD_NUMBER: _ClassVar[int]
    WAS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    REFERRED_TO_FIELD_NUMBER: _ClassVar[int]
    API_FIELD_NUMBER: _ClassVar[int]
    NATIVE_ROWS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    feature: str
    title: str
    description: str
    provenance: Provenance
    kind: ModelKind
    part_of: PartOf
    owner: Owner
    adopt: bool
    tenancy: Tenancy
    display_field_id: str
    fields: _containers.RepeatedCompositeFieldContainer[Field]
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    guards: _containers.RepeatedCompositeFieldContainer[Guard]
    access: Access
    states: States
    live: _expression_pb2.Expression
    live_readers: bool
    delete_mode: DeleteMode
    tombstone_field_ids: _containers.RepeatedScalarFieldContainer[str]
    paging: Paging
    on_erase: OnErase
    was: str
    names: _names_pb2.ModelNames
    referred_to: bool
    api: OpenOperations
    native_rows: NativeRows
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., feature: _Optional[str] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., provenance: _Optional[_Union[Provenance, str]] = ..., kind: _Optional[_Union[ModelKind, str]] = ..., part_of: _Optional[_Union[PartOf, _Mapping]] = ..., owner: _Optional[_Union[Owner, _Mapping]] = ..., adopt: _Optional[bool] = ..., tenancy: _Optional[_Union[Tenancy, str]] = ..., display_field_id: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[Field, _Mapping]]] = ..., rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., guards: _Optional[_Iterable[_Union[Guard, _Mapping]]] = ..., access: _Optional[_Union[Access, _Mapping]] = ..., states: _Optional[_Union[States, _Mapping]] = ..., live: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., live_readers: _Optional[bool] = ..., delete_mode: _Optional[_Union[DeleteMode, str]] = ..., tombstone_field_ids: _Optional[_Iterable[str]] = ..., paging: _Optional[_Union[Paging, _Mapping]] = ..., on_erase: _Optional[_Union[OnErase, str]] = ..., was: _Optional[str] = ..., names: _Optional[_Union[_names_pb2.ModelNames, _Mapping]] = ..., referred_to: _Optional[bool] = ..., api: _Optional[_Union[OpenOperations, _Mapping]] = ..., native_rows: _Optional[_Union[NativeRows, _Mapping]] = ...) -> None: ...

class NativeRows(_message.Message):
    __slots__ = ("module", "name")
    MODULE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    module: str
    name: str
    def __init__(self, module: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class OpenOperations(_message.Message):
    __slots__ = ("names",)
    NAMES_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...

class PartOf(_message.Message):
    __slots__ = ("parent_model_id", "collection", "field_id")
    PARENT_MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    COLLECTION_FIELD_NUMBER: _ClassVar[int]
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    parent_model_id: str
    collection: str
    field_id: str
    def __init__(self, parent_model_id: _Optional[str] = ..., collection: _Optional[str] = ..., field_id: _Optional[str] = ...) -> None: ...

class Owner(_message.Message):
    __slots__ = ("field_id", "optional")
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONAL_FIELD_NUMBER: _ClassVar[int]
    field_id: str
    optional: bool
    def __init__(self, field_id: _Optional[str] = ..., optional: _Optional[bool] = ...) -> None: ...

class Paging(_message.Message):
    __slots__ = ("cursor", "field_id", "member", "descending")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    DESCENDING_FIELD_NUMBER: _ClassVar[int]
    cursor: bool
    field_id: str
    member: str
    descending: bool
    def __init__(self, cursor: _Optional[bool] = ..., field_id: _Optional[str] = ..., member: _Optional[str] = ..., descending: _Optional[bool] = ...) -> None: ...

class States(_message.Message):
    __slots__ = ("field_id", "initial", "transitions")
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    INITIAL_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    field_id: str
    initial: str
    transitions: _containers.RepeatedCompositeFieldContainer[Transition]
    def __init__(self, field_id: _Optional[str] = ..., initial: _Optional[str] = ..., transitions: _Optional[_Iterable[_Union[Transition, _Mapping]]] = ...) -> None: ...

class Transition(_message.Message):
    __slots__ = ("to", "operation_id")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    OPERATION_ID_FIELD_NUMBER: _ClassVar[int]
    to: str
    operation_id: str
    def __init__(self, to: _Optional[str] = ..., operation_id: _Optional[str] = ..., **kwargs) -> None: ...

class FieldType(_message.Message):
    __slots__ = ("kind", "min_length", "max_length", "minimum", "maximum", "precision", "scale", "members", "currency_path", "token_bytes", "token_lifetime", "targets", "inverse_field_id", "on_delete", "members_fields", "min_items", "max_items", "join", "pattern")
    KIND_FIELD_NUMBER: _ClassVar[int]
    MIN_LENGTH_FIELD_NUMBER: _ClassVar[int]
    MAX_LENGTH_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    PRECISION_FIELD_NUMBER: _ClassVar[int]
    SCALE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_PATH_FIELD_NUMBER: _ClassVar[int]
    TOKEN_BYTES_FIELD_NUMBER: _ClassVar[int]
    TOKEN_LIFETIME_FIELD_NUMBER: _ClassVar[int]
    TARGETS_FIELD_NUMBER: _ClassVar[int]
    INVERSE_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    ON_DELETE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELDS_FIELD_NUMBER: _ClassVar[int]
    MIN_ITEMS_FIELD_NUMBER: _ClassVar[int]
    MAX_ITEMS_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    kind: FieldKind
    min_length: int
    max_length: int
    minimum: str
    maximum: str
    precision: int
    scale: int
    members: _containers.RepeatedScalarFieldContainer[str]
    currency_path: str
    token_bytes: int
    token_lifetime: str
    targets: _containers.RepeatedScalarFieldContainer[str]
    inverse_field_id: str
    on_delete: OnDelete
    members_fields: _containers.RepeatedCompositeFieldContainer[Field]
    min_items: int
    max_items: int
    join: Join
    pattern: str
    def __init__(self, kind: _Optional[_Union[FieldKind, str]] = ..., min_length: _Optional[int] = ..., max_length: _Optional[int] = ..., minimum: _Optional[str] = ..., maximum: _Optional[str] = ..., precision: _Optional[int] = ..., scale: _Optional[int] = ..., members: _Optional[_Iterable[str]] = ..., currency_path: _Optional[str] = ..., token_bytes: _Optional[int] = ..., token_lifetime: _Optional[str] = ..., targets: _Optional[_Iterable[str]] = ..., inverse_field_id: _Optional[str] = ..., on_delete: _Optional[_Union[OnDelete, str]] = ..., members_fields: _Optional[_Iterable[_Union[Field, _Mapping]]] = ..., min_items: _Optional[int] = ..., max_items: _Optional[int] = ..., join: _Optional[_Union[Join, _Mapping]] = ..., pattern: _Optional[str] = ...) -> None: ...

class Join(_message.Message):
    __slots__ = ("table", "near_column", "far_column", "inverse", "primary_key_name", "near_foreign_key_name", "far_foreign_key_name", "far_index_name")
    TABLE_FIELD_NUMBER: _ClassVar[int]
    NEAR_COLUMN_FIELD_NUMBER: _ClassVar[int]
    FAR_COLUMN_FIELD_NUMBER: _ClassVar[int]
    INVERSE_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    NEAR_FOREIGN_KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    FAR_FOREIGN_KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    FAR_INDEX_NAME_FIELD_NUMBER: _ClassVar[int]
    table: str
    near_column: str
    far_column: str
    inverse: bool
    primary_key_name: str
    near_foreign_key_name: str
    far_foreign_key_name: str
    far_index_name: str
    def __init__(self, table: _Optional[str] = ..., near_column: _Optional[str] = ..., far_column: _Optional[str] = ..., inverse: _Optional[bool] = ..., primary_key_name: _Optional[str] = ..., near_foreign_key_name: _Optional[str] = ..., far_foreign_key_name: _Optional[str] = ..., far_index_name: _Optional[str] = ...) -> None: ...

class Field(_message.Message):
    __slots__ = ("id", "name", "feature", "title", "description", "provenance", "type", "optional", "unique", "search", "filter", "sort", "once", "server", "hidden", "secret", "personal", "encrypted", "stored", "trap", "default", "init", "again_field_ids", "value", "sequence", "from_field_id", "read", "write", "one_of", "was", "names", "returns", "fill")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    OPTIONAL_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_FIELD_NUMBER: _ClassVar[int]
    SEARCH_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SORT_FIELD_NUMBER: _ClassVar[int]
    ONCE_FIELD_NUMBER: _ClassVar[int]
    SERVER_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    PERSONAL_FIELD_NUMBER: _ClassVar[int]
    ENCRYPTED_FIELD_NUMBER: _ClassVar[int]
    STORED_FIELD_NUMBER: _ClassVar[int]
    TRAP_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FIELD_NUMBER: _ClassVar[int]
    INIT_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    WRITE_FIELD_NUMBER: _ClassVar[int]
    ONE_OF_FIELD_NUMBER: _ClassVar[int]
    WAS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    FILL_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    feature: str
    title: str
    description: str
    provenance: Provenance
    type: FieldType
    optional: bool
    unique: bool
    search: bool
    filter: bool
    sort: bool
    once: bool
    server: bool
    hidden: bool
    secret: bool
    personal: bool
    encrypted: bool
    stored: bool
    trap: bool
    default: _expression_pb2.Literal
    init: _expression_pb2.Expression
    again_field_ids: _containers.RepeatedScalarFieldContainer[str]
    value: _expression_pb2.Expression
    sequence: Sequence
    from_field_id: str
    read: _expression_pb2.Expression
    write: _expression_pb2.Expression
    one_of: str
    was: str
    names: _names_pb2.FieldNames
    returns: _expression_pb2.Expression
    fill: _expression_pb2.Expression
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., feature: _Optional[str] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., provenance: _Optional[_Union[Provenance, str]] = ..., type: _Optional[_Union[FieldType, _Mapping]] = ..., optional: _Optional[bool] = ..., unique: _Optional[bool] = ..., search: _Optional[bool] = ..., filter: _Optional[bool] = ..., sort: _Optional[bool] = ..., once: _Optional[bool] = ..., server: _Optional[bool] = ..., hidden: _Optional[bool] = ..., secret: _Optional[bool] = ..., personal: _Optional[bool] = ..., encrypted: _Optional[bool] = ..., stored: _Optional[bool] = ..., trap: _Optional[bool] = ..., default: _Optional[_Union[_expression_pb2.Literal, _Mapping]] = ..., init: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., again_field_ids: _Optional[_Iterable[str]] = ..., value: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., sequence: _Optional[_Union[Sequence, _Mapping]] = ..., from_field_id: _Optional[str] = ..., read: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., write: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., one_of: _Optional[str] = ..., was: _Optional[str] = ..., names: _Optional[_Union[_names_pb2.FieldNames, _Mapping]] = ..., returns: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., fill: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class Sequence(_message.Message):
    __slots__ = ("format", "per", "gapless", "at_action")
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_NUMBER: _ClassVar[int]
    GAPLESS_FIELD_NUMBER: _ClassVar[int]
    AT_ACTION_FIELD_NUMBER: _ClassVar[int]
    format: str
    per: _containers.RepeatedCompositeFieldContainer[_expression_pb2.Expression]
    gapless: bool
    at_action: str
    def __init__(self, format: _Optional[str] = ..., per: _Optional[_Iterable[_Union[_expression_pb2.Expression, _Mapping]]] = ..., gapless: _Optional[bool] = ..., at_action: _Optional[str] = ...) -> None: ...

class Rule(_message.Message):
    __slots__ = ("id", "feature", "message", "constraint_name", "unique", "check", "no_overlap", "acyclic", "ordered", "limit", "frozen")
    ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CONSTRAINT_NAME_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_FIELD_NUMBER: _ClassVar[int]
    CHECK_FIELD_NUMBER: _ClassVar[int]
    NO_OVERLAP_FIELD_NUMBER: _ClassVar[int]
    ACYCLIC_FIELD_NUMBER: _ClassVar[int]
    ORDERED_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    id: str
    feature: str
    message: str
    constraint_name: str
    unique: UniqueRule
    check: CheckRule
    no_overlap: NoOverlapRule
    acyclic: AcyclicRule
    ordered: OrderedRule
    limit: LimitRule
    frozen: FrozenRule
    def __init__(self, id: _Optional[str] = ..., feature: _Optional[str] = ..., message: _Optional[str] = ..., constraint_name: _Optional[str] = ..., unique: _Optional[_Union[UniqueRule, _Mapping]] = ..., check: _Optional[_Union[CheckRule, _Mapping]] = ..., no_overlap: _Optional[_Union[NoOverlapRule, _Mapping]] = ..., acyclic: _Optional[_Union[AcyclicRule, _Mapping]] = ..., ordered: _Optional[_Union[OrderedRule, _Mapping]] = ..., limit: _Optional[_Union[LimitRule, _Mapping]] = ..., frozen: _Optional[_Union[FrozenRule, _Mapping]] = ...) -> None: ...

class UniqueRule(_message.Message):
    __slots__ = ("field_ids", "ignore_case", "where")
    FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    IGNORE_CASE_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    field_ids: _containers.RepeatedScalarFieldContainer[str]
    ignore_case: bool
    where: _expression_pb2.Expression
    def __init__(self, field_ids: _Optional[_Iterable[str]] = ..., ignore_case: _Optional[bool] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class CheckRule(_message.Message):
    __slots__ = ("condition", "own_columns", "reads_old")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    OWN_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    READS_OLD_FIELD_NUMBER: _ClassVar[int]
    condition: _expression_pb2.Expression
    own_columns: bool
    reads_old: bool
    def __init__(self, condition: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., own_columns: _Optional[bool] = ..., reads_old: _Optional[bool] = ...) -> None: ...

class NoOverlapRule(_message.Message):
    __slots__ = ("from_field_id", "to_field_id", "per_field_ids", "where", "closed")
    FROM_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    from_field_id: str
    to_field_id: str
    per_field_ids: _containers.RepeatedScalarFieldContainer[str]
    where: _expression_pb2.Expression
    closed: bool
    def __init__(self, from_field_id: _Optional[str] = ..., to_field_id: _Optional[str] = ..., per_field_ids: _Optional[_Iterable[str]] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., closed: _Optional[bool] = ...) -> None: ...

class AcyclicRule(_message.Message):
    __slots__ = ("field_id", "edges_model_id", "from_field_id", "to_field_id")
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    EDGES_MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    field_id: str
    edges_model_id: str
    from_field_id: str
    to_field_id: str
    def __init__(self, field_id: _Optional[str] = ..., edges_model_id: _Optional[str] = ..., from_field_id: _Optional[str] = ..., to_field_id: _Optional[str] = ...) -> None: ...

class OrderedRule(_message.Message):
    __slots__ = ("by_field_id", "per_field_ids")
    BY_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    by_field_id: str
    per_field_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, by_field_id: _Optional[str] = ..., per_field_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class LimitRule(_message.Message):
    __slots__ = ("per_field_ids", "sum", "where", "max")
    PER_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    SUM_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    MAX_FIELD_NUMBER: _ClassVar[int]
    per_field_ids: _containers.RepeatedScalarFieldContainer[str]
    sum: _expression_pb2.Expression
    where: _expression_pb2.Expression
    max: _expression_pb2.Expression
    def __init__(self, per_field_ids: _Optional[_Iterable[str]] = ..., sum: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., max: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class FrozenRule(_message.Message):
    __slots__ = ("condition", "except_field_ids", "parts")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    EXCEPT_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    condition: _expression_pb2.Expression
    except_field_ids: _containers.RepeatedScalarFieldContainer[str]
    parts: bool
    def __init__(self, condition: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., except_field_ids: _Optional[_Iterable[str]] = ..., parts: _Optional[bool] = ...) -> None: ...

class Guard(_message.Message):
    __slots__ = ("id", "feature", "condition", "message")
    ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    id: str
    feature: str
    condition: _expression_pb2.Expression
    message: str
    def __init__(self, id: _Optional[str] = ..., feature: _Optional[str] = ..., condition: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., message: _Optional[str] = ...) -> None: ...

class Access(_message.Message):
    __slots__ = ("read", "refer", "create", "update", "delete", "widenings", "write")
    READ_FIELD_NUMBER: _ClassVar[int]
    REFER_FIELD_NUMBER: _ClassVar[int]
    CREATE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    WIDENINGS_FIELD_NUMBER: _ClassVar[int]
    WRITE_FIELD_NUMBER: _ClassVar[int]
    read: _expression_pb2.Expression
    refer: _expression_pb2.Expression
    create: _expression_pb2.Expression
    update: _expression_pb2.Expression
    delete: _expression_pb2.Expression
    widenings: _containers.RepeatedCompositeFieldContainer[Widening]
    write: _expression_pb2.Expression
    def __init__(self, read: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., refer: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., create: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., update: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., delete: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., widenings: _Optional[_Iterable[_Union[Widening, _Mapping]]] = ..., write: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class Widening(_message.Message):
    __slots__ = ("feature", "operation", "by")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    feature: str
    operation: str
    by: _expression_pb2.Expression
    def __init__(self, feature: _Optional[str] = ..., operation: _Optional[str] = ..., by: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...
