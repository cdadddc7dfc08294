from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class FeatureNames(_message.Message):
    __slots__ = ("folder", "pascal", "camel")
    FOLDER_FIELD_NUMBER: _ClassVar[int]
    PASCAL_FIELD_NUMBER: _ClassVar[int]
    CAMEL_FIELD_NUMBER: _ClassVar[int]
    folder: str
    pascal: str
    camel: str
    def __init__(self, folder: _Optional[str] = ..., pascal: _Optional[str] = ..., camel: _Optional[str] = ...) -> None: ...

class ModelNames(_message.Message):
    __slots__ = ("table", "class_name", "variable", "plural_variable", "python_variable", "python_plural", "path", "file", "label", "plural_label", "primary_key_name", "sql_prefix")
    TABLE_FIELD_NUMBER: _ClassVar[int]
    CLASS_NAME_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_FIELD_NUMBER: _ClassVar[int]
    PLURAL_VARIABLE_FIELD_NUMBER: _ClassVar[int]
    PYTHON_VARIABLE_FIELD_NUMBER: _ClassVar[int]
    PYTHON_PLURAL_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    PLURAL_LABEL_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    SQL_PREFIX_FIELD_NUMBER: _ClassVar[int]
    table: str
    class_name: str
    variable: str
    plural_variable: str
    python_variable: str
    python_plural: str
    path: str
    file: str
    label: str
    plural_label: str
    primary_key_name: str
    sql_prefix: str
    def __init__(self, table: _Optional[str] = ..., class_name: _Optional[str] = ..., variable: _Optional[str] = ..., plural_variable: _Optional[str] = ..., python_variable: _Optional[str] = ..., python_plural: _Optional[str] = ..., path: _Optional[str] = ..., file: _Optional[str] = ..., label: _Optional[str] = ..., plural_label: _Optional[str] = ..., primary_key_name: _Optional[str] = ..., sql_prefix: _Optional[str] = ...) -> None: ...

class FieldNames(_message.Message):
    __slots__ = ("column", "extra_columns", "json", "property", "python_attribute", "label", "index_name", "foreign_key_name", "check_name", "unique_name", "id_property")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    EXTRA_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    PROPERTY_FIELD_NUMBER: _ClassVar[int]
    PYTHON_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    INDEX_NAME_FIELD_NUMBER: _ClassVar[int]
    FOREIGN_KEY_NAME_FIELD_NUMBER: _ClassVar[int]
    CHECK_NAME_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_NAME_FIELD_NUMBER: _ClassVar[int]
    ID_PROPERTY_FIELD_NUMBER: _ClassVar[int]
    column: str
    extra_columns: _containers.RepeatedScalarFieldContainer[str]
    json: str
    property: str
    python_attribute: str
    label: str
    index_name: str
    foreign_key_name: str
    check_name: str
    unique_name: str
    id_property: str
    def __init__(self, column: _Optional[str] = ..., extra_columns: _Optional[_Iterable[str]] = ..., json: _Optional[str] = ..., property: _Optional[str] = ..., python_attribute: _Optional[str] = ..., label: _Optional[str] = ..., index_name: _Optional[str] = ..., foreign_key_name: _Optional[str] = ..., check_name: _Optional[str] = ..., unique_name: _Optional[str] = ..., id_property: _Optional[str] = ...) -> None: ...

class OperationNames(_message.Message):
    __slots__ = ("operation_id", "function", "python_function", "call", "file", "label")
    OPERATION_ID_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    PYTHON_FUNCTION_FIELD_NUMBER: _ClassVar[int]
    CALL_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    operation_id: str
    function: str
    python_function: str
    call: str
    file: str
    label: str
    def __init__(self, operation_id: _Optional[str] = ..., function: _Optional[str] = ..., python_function: _Optional[str] = ..., call: _Optional[str] = ..., file: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...
