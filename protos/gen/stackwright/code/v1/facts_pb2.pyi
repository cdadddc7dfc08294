from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Facts(_message.Message):
    __slots__ = ("routes", "calls", "tables", "pages")
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    PAGES_FIELD_NUMBER: _ClassVar[int]
    routes: _containers.RepeatedCompositeFieldContainer[RouteFact]
    calls: _containers.RepeatedCompositeFieldContainer[CallFact]
    tables: _containers.RepeatedCompositeFieldContainer[TableFact]
    pages: _containers.RepeatedCompositeFieldContainer[PageFact]
    def __init__(self, routes: _Optional[_Iterable[_Union[RouteFact, _Mapping]]] = ..., calls: _Optional[_Iterable[_Union[CallFact, _Mapping]]] = ..., tables: _Optional[_Iterable[_Union[TableFact, _Mapping]]] = ..., pages: _Optional[_Iterable[_Union[PageFact, _Mapping]]] = ...) -> None: ...

class RouteFact(_message.Message):
    __slots__ = ("method", "path", "permissions", "public", "source_path", "source_line")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_FIELD_NUMBER: _ClassVar[int]
    SOURCE_PATH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LINE_FIELD_NUMBER: _ClassVar[int]
    method: str
    path: str
    permissions: _containers.RepeatedScalarFieldContainer[str]
    public: bool
    source_path: str
    source_line: int
    def __init__(self, method: _Optional[str] = ..., path: _Optional[str] = ..., permissions: _Optional[_Iterable[str]] = ..., public: _Optional[bool] = ..., source_path: _Optional[str] = ..., source_line: _Optional[int] = ...) -> None: ...

class CallFact(_message.Message):
    __slots__ = ("method", "path", "source_path", "source_line")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_PATH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LINE_FIELD_NUMBER: _ClassVar[int]
    method: str
    path: str
    source_path: str
    source_line: int
    def __init__(self, method: _Optional[str] = ..., path: _Optional[str] = ..., source_path: _Optional[str] = ..., source_line: _Optional[int] = ...) -> None: ...

class TableFact(_message.Message):
    __slots__ = ("schema", "name", "columns", "primary_key", "foreign_keys", "indexes", "constraints", "triggers")
    SCHEMA_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_KEY_FIELD_NUMBER: _ClassVar[int]
    FOREIGN_KEYS_FIELD_NUMBER: _ClassVar[int]
    INDEXES_FIELD_NUMBER: _ClassVar[int]
    CONSTRAINTS_FIELD_NUMBER: _ClassVar[int]
    TRIGGERS_FIELD_NUMBER: _ClassVar[int]
    schema: str
    name: str
    columns: _containers.RepeatedCompositeFieldContainer[ColumnFact]
    primary_key: _containers.RepeatedScalarFieldContainer[str]
    foreign_keys: _containers.RepeatedCompositeFieldContainer[ForeignKeyFact]
    indexes: _containers.RepeatedCompositeFieldContainer[IndexFact]
    constraints: _containers.RepeatedCompositeFieldContainer[ConstraintFact]
    triggers: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, schema: _Optional[str] = ..., name: _Optional[str] = ..., columns: _Optional[_Iterable[_Union[ColumnFact, _Mapping]]] = ..., primary_key: _Optional[_Iterable[str]] = ..., foreign_keys: _Optional[_Iterable[_Union[ForeignKeyFact, _Mapping]]] = ..., indexes: _Optional[_Iterable[_Union[IndexFact, _Mapping]]] = ..., constraints: _Optional[_Iterable[_Union[ConstraintFact, _Mapping]]] = ..., triggers: _Optional[_Iterable[str]] = ...) -> None: ...

class ColumnFact(_message.Message):
    __slots__ = ("name", "type", "nullable", "default")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NULLABLE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: str
    nullable: bool
    default: str
    def __init__(self, name: _Optional[str] = ..., type: _Optional[str] = ..., nullable: _Optional[bool] = ..., default: _Optional[str] = ...) -> None: ...

class ForeignKeyFact(_message.Message):
    __slots__ = ("name", "columns", "references_table", "references_columns", "on_delete")
    NAME_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_TABLE_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ON_DELETE_FIELD_NUMBER: _ClassVar[int]
    name: str
    columns: _containers.RepeatedScalarFieldContainer[str]
    references_table: str
    references_columns: _containers.RepeatedScalarFieldContainer[str]
    on_delete: str
    def __init__(self, name: _Optional[str] = ..., columns: _Optional[_Iterable[str]] = ..., references_table: _Optional[str] = ..., references_columns: _Optional[_Iterable[str]] = ..., on_delete: _Optional[str] = ...) -> None: ...

class IndexFact(_message.Message):
    __slots__ = ("name", "unique", "columns", "predicate")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    PREDICATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    unique: bool
    columns: _containers.RepeatedScalarFieldContainer[str]
    predicate: str
    def __init__(self, name: _Optional[str] = ..., unique: _Optional[bool] = ..., columns: _Optional[_Iterable[str]] = ..., predicate: _Optional[str] = ...) -> None: ...

class ConstraintFact(_message.Message):
    __slots__ = ("name", "kind", "definition")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DEFINITION_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: str
    definition: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[str] = ..., definition: _Optional[str] = ...) -> None: ...

class PageFact(_message.Message):
    __slots__ = ("path", "source_path")
    PATH_FIELD_NUMBER: _ClassVar[int]
    SOURCE_PATH_FIELD_NUMBER: _ClassVar[int]
    path: str
    source_path: str
    def __init__(self, path: _Optional[str] = ..., source_path: _Optional[str] = ...) -> None: ...
