from stackwright.contract.v1 import behaviour_pb2 as _behaviour_pb2
from stackwright.contract.v1 import conventions_pb2 as _conventions_pb2
from stackwright.contract.v1 import expression_pb2 as _expression_pb2
from stackwright.contract.v1 import model_pb2 as _model_pb2
from stackwright.contract.v1 import names_pb2 as _names_pb2
from stackwright.contract.v1 import operation_pb2 as _operation_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class View(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VIEW_UNSPECIFIED: _ClassVar[View]
    VIEW_LIST: _ClassVar[View]
    VIEW_DETAIL: _ClassVar[View]
    VIEW_FORM: _ClassVar[View]
    VIEW_THREAD: _ClassVar[View]
    VIEW_INBOX: _ClassVar[View]
    VIEW_BOARD: _ClassVar[View]
    VIEW_CALENDAR: _ClassVar[View]
    VIEW_TREE: _ClassVar[View]
    VIEW_GALLERY: _ClassVar[View]
    VIEW_GRID: _ClassVar[View]
    VIEW_CHART: _ClassVar[View]
    VIEW_MAP: _ClassVar[View]
    VIEW_BANNER: _ClassVar[View]

class MenuArea(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MENU_AREA_UNSPECIFIED: _ClassVar[MenuArea]
    MENU_AREA_NONE: _ClassVar[MenuArea]
    MENU_AREA_MAIN: _ClassVar[MenuArea]
    MENU_AREA_ACCOUNT: _ClassVar[MenuArea]
    MENU_AREA_ADMIN: _ClassVar[MenuArea]
VIEW_UNSPECIFIED: View
VIEW_LIST: View
VIEW_DETAIL: View
VIEW_FORM: View
VIEW_THREAD: View
VIEW_INBOX: View
VIEW_BOARD: View
VIEW_CALENDAR: View
VIEW_TREE: View
VIEW_GALLERY: View
VIEW_GRID: View
VIEW_CHART: View
VIEW_MAP: View
VIEW_BANNER: View
MENU_AREA_UNSPECIFIED: MenuArea
MENU_AREA_NONE: MenuArea
MENU_AREA_MAIN: MenuArea
MENU_AREA_ACCOUNT: MenuArea
MENU_AREA_ADMIN: MenuArea

class Contract(_message.Message):
    __slots__ = ("language", "contract_id", "revision", "project", "features", "models", "operations", "subscriptions", "clocks", "gates", "permissions", "roles", "settings", "mails", "notices", "metrics", "pages", "seeds", "native_modules", "conventions", "tenancy", "remarks", "constructs")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROJECT_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    GATES_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    MAILS_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    NATIVE_MODULES_FIELD_NUMBER: _ClassVar[int]
    CONVENTIONS_FIELD_NUMBER: _ClassVar[int]
    TENANCY_FIELD_NUMBER: _ClassVar[int]
    REMARKS_FIELD_NUMBER: _ClassVar[int]
    CONSTRUCTS_FIELD_NUMBER: _ClassVar[int]
    language: int
    contract_id: str
    revision: str
    project: Project
    features: _containers.RepeatedCompositeFieldContainer[Feature]
    models: _containers.RepeatedCompositeFieldContainer[_model_pb2.Model]
    operations: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Operation]
    subscriptions: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Subscription]
    clocks: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Clock]
    gates: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Gate]
    permissions: _containers.RepeatedCompositeFieldContainer[Permission]
    roles: _containers.RepeatedCompositeFieldContainer[Role]
    settings: _containers.RepeatedCompositeFieldContainer[Setting]
    mails: _containers.RepeatedCompositeFieldContainer[Mail]
    notices: _containers.RepeatedCompositeFieldContainer[Notice]
    metrics: _containers.RepeatedCompositeFieldContainer[Metric]
    pages: _containers.RepeatedCompositeFieldContainer[Page]
    seeds: _containers.RepeatedCompositeFieldContainer[Seed]
    native_modules: _containers.RepeatedCompositeFieldContainer[NativeModule]
    conventions: _conventions_pb2.ApiConventions
    tenancy: bool
    remarks: _containers.RepeatedCompositeFieldContainer[Remark]
    constructs: _containers.RepeatedCompositeFieldContainer[Construct]
    def __init__(self, language: _Optional[int] = ..., contract_id: _Optional[str] = ..., revision: _Optional[str] = ..., project: _Optional[_Union[Project, _Mapping]] = ..., features: _Optional[_Iterable[_Union[Feature, _Mapping]]] = ..., models: _Optional[_Iterable[_Union[_model_pb2.Model, _Mapping]]] = ..., operations: _Optional[_Iterable[_Union[_operation_pb2.Operation, _Mapping]]] = ..., subscriptions: _Optional[_Iterable[_Union[_operation_pb2.Subscription, _Mapping]]] = ..., clocks: _Optional[_Iterable[_Union[_operation_pb2.Clock, _Mapping]]] = ..., gates: _Optional[_Iterable[_Union[_operation_pb2.Gate, _Mapping]]] = ..., permissions: _Optional[_Iterable[_Union[Permission, _Mapping]]] = ..., roles: _Optional[_Iterable[_Union[Role, _Mapping]]] = ..., settings: _Optional[_Iterable[_Union[Setting, _Mapping]]] = ..., mails: _Optional[_Iterable[_Union[Mail, _Mapping]]] = ..., notices: _Optional[_Iterable[_Union[Notice, _Mapping]]] = ..., metrics: _Optional[_Iterable[_Union[Metric, _Mapping]]] = ..., pages: _Optional[_Iterable[_Union[Page, _Mapping]]] = ..., seeds: _Optional[_Iterable[_Union[Seed, _Mapping]]] = ..., native_modules: _Optional[_Iterable[_Union[NativeModule, _Mapping]]] = ..., conventions: _Optional[_Union[_conventions_pb2.ApiConventions, _Mapping]] = ..., tenancy: _Optional[bool] = ..., remarks: _Optional[_Iterable[_Union[Remark, _Mapping]]] = ..., constructs: _Optional[_Iterable[_Union[Construct, _Mapping]]] = ...) -> None: ...

class Construct(_message.Message):
    __slots__ = ("name", "elements")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ELEMENTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    elements: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., elements: _Optional[_Iterable[str]] = ...) -> None: ...

class Project(_message.Message):
    __slots__ = ("name", "slug", "database")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    DATABASE_FIELD_NUMBER: _ClassVar[int]
    name: str
    slug: str
    database: str
    def __init__(self, name: _Optional[str] = ..., slug: _Optional[str] = ..., database: _Optional[str] = ...) -> None: ...

class Feature(_message.Message):
    __slots__ = ("key", "version", "title", "area", "needs", "requested", "provenance", "shows", "names", "digest")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    key: str
    version: int
    title: str
    area: str
    needs: _containers.RepeatedScalarFieldContainer[str]
    requested: bool
    provenance: _model_pb2.Provenance
    shows: _containers.RepeatedCompositeFieldContainer[Show]
    names: _names_pb2.FeatureNames
    digest: str
    def __init__(self, key: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., area: _Optional[str] = ..., needs: _Optional[_Iterable[str]] = ..., requested: _Optional[bool] = ..., provenance: _Optional[_Union[_model_pb2.Provenance, str]] = ..., shows: _Optional[_Iterable[_Union[Show, _Mapping]]] = ..., names: _Optional[_Union[_names_pb2.FeatureNames, _Mapping]] = ..., digest: _Optional[str] = ...) -> None: ...

class Show(_message.Message):
    __slots__ = ("line", "text", "elements")
    LINE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ELEMENTS_FIELD_NUMBER: _ClassVar[int]
    line: int
    text: str
    elements: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, line: _Optional[int] = ..., text: _Optional[str] = ..., elements: _Optional[_Iterable[str]] = ...) -> None: ...

class Permission(_message.Message):
    __slots__ = ("key", "title", "roles", "feature")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    key: str
    title: str
    roles: _containers.RepeatedScalarFieldContainer[str]
    feature: str
    def __init__(self, key: _Optional[str] = ..., title: _Optional[str] = ..., roles: _Optional[_Iterable[str]] = ..., feature: _Optional[str] = ...) -> None: ...

class Role(_message.Message):
    __slots__ = ("name", "permissions")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    permissions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., permissions: _Optional[_Iterable[str]] = ...) -> None: ...

class Setting(_message.Message):
    __slots__ = ("key", "type", "default", "public", "secret", "feature", "environment_name", "property", "title")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_NAME_FIELD_NUMBER: _ClassVar[int]
    PROPERTY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    key: str
    type: _model_pb2.FieldType
    default: _expression_pb2.Literal
    public: bool
    secret: bool
    feature: str
    environment_name: str
    property: str
    title: str
    def __init__(self, key: _Optional[str] = ..., type: _Optional[_Union[_model_pb2.FieldType, _Mapping]] = ..., default: _Optional[_Union[_expression_pb2.Literal, _Mapping]] = ..., public: _Optional[bool] = ..., secret: _Optional[bool] = ..., feature: _Optional[str] = ..., environment_name: _Optional[str] = ..., property: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class Mail(_message.Message):
    __slots__ = ("key", "feature", "subject", "body", "parameters")
    KEY_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    key: str
    feature: str
    subject: Template
    body: Template
    parameters: _containers.RepeatedCompositeFieldContainer[_model_pb2.Field]
    def __init__(self, key: _Optional[str] = ..., feature: _Optional[str] = ..., subject: _Optional[_Union[Template, _Mapping]] = ..., body: _Optional[_Union[Template, _Mapping]] = ..., parameters: _Optional[_Iterable[_Union[_model_pb2.Field, _Mapping]]] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("key", "feature", "text")
    KEY_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    key: str
    feature: str
    text: Template
    def __init__(self, key: _Optional[str] = ..., feature: _Optional[str] = ..., text: _Optional[_Union[Template, _Mapping]] = ...) -> None: ...

class Template(_message.Message):
    __slots__ = ("source", "parts")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    source: str
    parts: _containers.RepeatedCompositeFieldContainer[TemplatePart]
    def __init__(self, source: _Optional[str] = ..., parts: _Optional[_Iterable[_Union[TemplatePart, _Mapping]]] = ...) -> None: ...

class TemplatePart(_message.Message):
    __slots__ = ("text", "expression")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    text: str
    expression: _expression_pb2.Expression
    def __init__(self, text: _Optional[str] = ..., expression: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class Metric(_message.Message):
    __slots__ = ("key", "feature", "title", "model_id", "aggregate", "of", "where", "by", "over_member", "chart")
    class Aggregate(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        AGGREGATE_UNSPECIFIED: _ClassVar[Metric.Aggregate]
        AGGREGATE_COUNT: _ClassVar[Metric.Aggregate]
        AGGREGATE_SUM: _ClassVar[Metric.Aggregate]
        AGGREGATE_AVG: _ClassVar[Metric.Aggregate]
    AGGREGATE_UNSPECIFIED: Metric.Aggregate
    AGGREGATE_COUNT: Metric.Aggregate
    AGGREGATE_SUM: Metric.Aggregate
    AGGREGATE_AVG: Metric.Aggregate
    KEY_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    AGGREGATE_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    OVER_MEMBER_FIELD_NUMBER: _ClassVar[int]
    CHART_FIELD_NUMBER: _ClassVar[int]
    key: str
    feature: str
    title: str
    model_id: str
    aggregate: Metric.Aggregate
    of: _expression_pb2.Expression
    where: _expression_pb2.Expression
    by: _expression_pb2.Expression
    over_member: str
    chart: str
    def __init__(self, key: _Optional[str] = ..., feature: _Optional[str] = ..., title: _Optional[str] = ..., model_id: _Optional[str] = ..., aggregate: _Optional[_Union[Metric.Aggregate, str]] = ..., of: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., by: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., over_member: _Optional[str] = ..., chart: _Optional[str] = ...) -> None: ...

class Page(_message.Message):
    __slots__ = ("id", "feature", "view", "native", "model_id", "of_field_id", "by_member", "from_member", "to_member", "slot", "badge_operation", "menu", "path", "where", "columns", "access", "title", "provenance", "names", "permission", "public")
    ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    NATIVE_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    BY_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FROM_MEMBER_FIELD_NUMBER: _ClassVar[int]
    TO_MEMBER_FIELD_NUMBER: _ClassVar[int]
    SLOT_FIELD_NUMBER: _ClassVar[int]
    BADGE_OPERATION_FIELD_NUMBER: _ClassVar[int]
    MENU_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ACCESS_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_FIELD_NUMBER: _ClassVar[int]
    id: str
    feature: str
    view: View
    native: _operation_pb2.NativeCall
    model_id: str
    of_field_id: str
    by_member: str
    from_member: str
    to_member: str
    slot: str
    badge_operation: str
    menu: MenuArea
    path: str
    where: _expression_pb2.Expression
    columns: _containers.RepeatedScalarFieldContainer[str]
    access: _expression_pb2.Expression
    title: str
    provenance: _model_pb2.Provenance
    names: PageNames
    permission: str
    public: bool
    def __init__(self, id: _Optional[str] = ..., feature: _Optional[str] = ..., view: _Optional[_Union[View, str]] = ..., native: _Optional[_Union[_operation_pb2.NativeCall, _Mapping]] = ..., model_id: _Optional[str] = ..., of_field_id: _Optional[str] = ..., by_member: _Optional[str] = ..., from_member: _Optional[str] = ..., to_member: _Optional[str] = ..., slot: _Optional[str] = ..., badge_operation: _Optional[str] = ..., menu: _Optional[_Union[MenuArea, str]] = ..., path: _Optional[str] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., columns: _Optional[_Iterable[str]] = ..., access: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., title: _Optional[str] = ..., provenance: _Optional[_Union[_model_pb2.Provenance, str]] = ..., names: _Optional[_Union[PageNames, _Mapping]] = ..., permission: _Optional[str] = ..., public: _Optional[bool] = ...) -> None: ...

class PageNames(_message.Message):
    __slots__ = ("component", "file")
    COMPONENT_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    component: str
    file: str
    def __init__(self, component: _Optional[str] = ..., file: _Optional[str] = ...) -> None: ...

class Seed(_message.Message):
    __slots__ = ("model_id", "feature", "from_contract", "rows")
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    FROM_CONTRACT_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    model_id: str
    feature: str
    from_contract: bool
    rows: _containers.RepeatedCompositeFieldContainer[SeedRow]
    def __init__(self, model_id: _Optional[str] = ..., feature: _Optional[str] = ..., from_contract: _Optional[bool] = ..., rows: _Optional[_Iterable[_Union[SeedRow, _Mapping]]] = ...) -> None: ...

class SeedRow(_message.Message):
    __slots__ = ("values",)
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedCompositeFieldContainer[SeedValue]
    def __init__(self, values: _Optional[_Iterable[_Union[SeedValue, _Mapping]]] = ...) -> None: ...

class SeedValue(_message.Message):
    __slots__ = ("field_id", "member", "value")
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    field_id: str
    member: str
    value: _expression_pb2.Literal
    def __init__(self, field_id: _Optional[str] = ..., member: _Optional[str] = ..., value: _Optional[_Union[_expression_pb2.Literal, _Mapping]] = ...) -> None: ...

class NativeModule(_message.Message):
    __slots__ = ("name", "operations", "calls", "pure_calls", "pages", "ui", "middleware", "features", "rows")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    PURE_CALLS_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    UI_FIELD_NUMBER: _ClassVar[int]
    MIDDLEWARE_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    name: str
    operations: _containers.RepeatedScalarFieldContainer[str]
    calls: _containers.RepeatedScalarFieldContainer[str]
    pure_calls: _containers.RepeatedScalarFieldContainer[str]
    pages: _containers.RepeatedScalarFieldContainer[str]
    ui: _containers.RepeatedScalarFieldContainer[str]
    middleware: _containers.RepeatedScalarFieldContainer[str]
    features: _containers.RepeatedScalarFieldContainer[str]
    rows: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., operations: _Optional[_Iterable[str]] = ..., calls: _Optional[_Iterable[str]] = ..., pure_calls: _Optional[_Iterable[str]] = ..., pages: _Optional[_Iterable[str]] = ..., ui: _Optional[_Iterable[str]] = ..., middleware: _Optional[_Iterable[str]] = ..., features: _Optional[_Iterable[str]] = ..., rows: _Optional[_Iterable[str]] = ...) -> None: ...

class Remark(_message.Message):
    __slots__ = ("level", "element", "message")
    class Level(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LEVEL_UNSPECIFIED: _ClassVar[Remark.Level]
        LEVEL_NOTE: _ClassVar[Remark.Level]
        LEVEL_WARNING: _ClassVar[Remark.Level]
    LEVEL_UNSPECIFIED: Remark.Level
    LEVEL_NOTE: Remark.Level
    LEVEL_WARNING: Remark.Level
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    ELEMENT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    level: Remark.Level
    element: str
    message: str
    def __init__(self, level: _Optional[_Union[Remark.Level, str]] = ..., element: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class FeatureFragment(_message.Message):
    __slots__ = ("key", "version", "title", "needs", "models", "actions", "extensions", "subscriptions", "clocks", "gates", "permissions", "settings", "mails", "notices", "metrics", "pages", "seeds", "native_modules", "shows", "scenarios", "digest")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    GATES_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    MAILS_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    NATIVE_MODULES_FIELD_NUMBER: _ClassVar[int]
    WITH_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    key: str
    version: int
    title: str
    needs: _containers.RepeatedScalarFieldContainer[str]
    models: _containers.RepeatedCompositeFieldContainer[_model_pb2.Model]
    actions: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Operation]
    extensions: _containers.RepeatedCompositeFieldContainer[Extension]
    subscriptions: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Subscription]
    clocks: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Clock]
    gates: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Gate]
    permissions: _containers.RepeatedCompositeFieldContainer[Permission]
    settings: _containers.RepeatedCompositeFieldContainer[Setting]
    mails: _containers.RepeatedCompositeFieldContainer[Mail]
    notices: _containers.RepeatedCompositeFieldContainer[Notice]
    metrics: _containers.RepeatedCompositeFieldContainer[Metric]
    pages: _containers.RepeatedCompositeFieldContainer[Page]
    seeds: _containers.RepeatedCompositeFieldContainer[Seed]
    native_modules: _containers.RepeatedCompositeFieldContainer[NativeModule]
    shows: _containers.RepeatedCompositeFieldContainer[Show]
    scenarios: _containers.RepeatedCompositeFieldContainer[_behaviour_pb2.Scenario]
    digest: str
    def __init__(self, key: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., needs: _Optional[_Iterable[str]] = ..., models: _Optional[_Iterable[_Union[_model_pb2.Model, _Mapping]]] = ..., actions: _Optional[_Iterable[_Union[_operation_pb2.Operation, _Mapping]]] = ..., extensions: _Optional[_Iterable[_Union[Extension, _Mapping]]] = ..., subscriptions: _Optional[_Iterable[_Union[_operation_pb2.Subscription, _Mapping]]] = ..., clocks: _Optional[_Iterable[_Union[_operation_pb2.Clock, _Mapping]]] = ..., gates: _Optional[_Iterable[_Union[_operation_pb2.Gate, _Mapping]]] = ..., permissions: _Optional[_Iterable[_Union[Permission, _Mapping]]] = ..., settings: _Optional[_Iterable[_Union[Setting, _Mapping]]] = ..., mails: _Optional[_Iterable[_Union[Mail, _Mapping]]] = ..., notices: _Optional[_Iterable[_Union[Notice, _Mapping]]] = ..., metrics: _Optional[_Iterable[_Union[Metric, _Mapping]]] = ..., pages: _Optional[_Iterable[_Union[Page, _Mapping]]] = ..., seeds: _Optional[_Iterable[_Union[Seed, _Mapping]]] = ..., native_modules: _Optional[_Iterable[_Union[NativeModule, _Mapping]]] = ..., shows: _Optional[_Iterable[_Union[Show, _Mapping]]] = ..., scenarios: _Optional[_Iterable[_Union[_behaviour_pb2.Scenario, _Mapping]]] = ..., digest: _Optional[str] = ..., **kwargs) -> None: ...

class ConditionalFragment(_message.Message):
    __slots__ = ("feature", "fragment")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    FRAGMENT_FIELD_NUMBER: _ClassVar[int]
    feature: str
    fragment: FeatureFragment
    def __init__(self, feature: _Optional[str] = ..., fragment: _Optional[_Union[FeatureFragment, _Mapping]] = ...) -> None: ...

class Extension(_message.Message):
    __slots__ = ("target", "selector", "additions", "actions", "access_also", "api", "pages")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    SELECTOR_FIELD_NUMBER: _ClassVar[int]
    ADDITIONS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ACCESS_ALSO_FIELD_NUMBER: _ClassVar[int]
    API_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    target: str
    selector: bool
    additions: _model_pb2.Model
    actions: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Operation]
    access_also: _model_pb2.Access
    api: _containers.RepeatedScalarFieldContainer[str]
    pages: _containers.RepeatedCompositeFieldContainer[Page]
    def __init__(self, target: _Optional[str] = ..., selector: _Optional[bool] = ..., additions: _Optional[_Union[_model_pb2.Model, _Mapping]] = ..., actions: _Optional[_Iterable[_Union[_operation_pb2.Operation, _Mapping]]] = ..., access_also: _Optional[_Union[_model_pb2.Access, _Mapping]] = ..., api: _Optional[_Iterable[str]] = ..., pages: _Optional[_Iterable[_Union[Page, _Mapping]]] = ...) -> None: ...
