from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ValueKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VALUE_KIND_UNSPECIFIED: _ClassVar[ValueKind]
    VALUE_KIND_BOOL: _ClassVar[ValueKind]
    VALUE_KIND_INT: _ClassVar[ValueKind]
    VALUE_KIND_DECIMAL: _ClassVar[ValueKind]
    VALUE_KIND_STRING: _ClassVar[ValueKind]
    VALUE_KIND_UUID: _ClassVar[ValueKind]
    VALUE_KIND_DATE: _ClassVar[ValueKind]
    VALUE_KIND_TIME: _ClassVar[ValueKind]
    VALUE_KIND_TIMESTAMP: _ClassVar[ValueKind]
    VALUE_KIND_DURATION: _ClassVar[ValueKind]
    VALUE_KIND_JSON: _ClassVar[ValueKind]
    VALUE_KIND_ENUM: _ClassVar[ValueKind]
    VALUE_KIND_ROW: _ClassVar[ValueKind]
    VALUE_KIND_ROWS: _ClassVar[ValueKind]
    VALUE_KIND_LIST: _ClassVar[ValueKind]
    VALUE_KIND_OBJECT: _ClassVar[ValueKind]
    VALUE_KIND_NULL: _ClassVar[ValueKind]
    VALUE_KIND_POINT: _ClassVar[ValueKind]
    VALUE_KIND_BYTES: _ClassVar[ValueKind]

class Root(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROOT_UNSPECIFIED: _ClassVar[Root]
    ROOT_THIS: _ClassVar[Root]
    ROOT_OLD: _ClassVar[Root]
    ROOT_INPUT: _ClassVar[Root]
    ROOT_ACTOR: _ClassVar[Root]
    ROOT_SESSION: _ClassVar[Root]
    ROOT_VISITOR: _ClassVar[Root]
    ROOT_REQUEST: _ClassVar[Root]
    ROOT_EVENT: _ClassVar[Root]
    ROOT_APP: _ClassVar[Root]
    ROOT_NOW: _ClassVar[Root]
    ROOT_TODAY: _ClassVar[Root]
    ROOT_ANYONE: _ClassVar[Root]
    ROOT_SIGNED_IN: _ClassVar[Root]
    ROOT_NOBODY: _ClassVar[Root]

class UnaryOperator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNARY_OPERATOR_UNSPECIFIED: _ClassVar[UnaryOperator]
    UNARY_OPERATOR_NOT: _ClassVar[UnaryOperator]
    UNARY_OPERATOR_NEGATE: _ClassVar[UnaryOperator]

class BinaryOperator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BINARY_OPERATOR_UNSPECIFIED: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_AND: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_OR: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_EQUAL: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_NOT_EQUAL: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_LESS: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_LESS_EQUAL: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_GREATER: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_GREATER_EQUAL: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_IN: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_ADD: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_SUBTRACT: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_MULTIPLY: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_DIVIDE: _ClassVar[BinaryOperator]
    BINARY_OPERATOR_MODULO: _ClassVar[BinaryOperator]

class Function(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FUNCTION_UNSPECIFIED: _ClassVar[Function]
    FUNCTION_CAN: _ClassVar[Function]
    FUNCTION_READABLE: _ClassVar[Function]
    FUNCTION_WRITABLE: _ClassVar[Function]
    FUNCTION_HOLDERS: _ClassVar[Function]
    FUNCTION_COALESCE: _ClassVar[Function]
    FUNCTION_ROUND: _ClassVar[Function]
    FUNCTION_LEAST: _ClassVar[Function]
    FUNCTION_GREATEST: _ClassVar[Function]
    FUNCTION_LOWER: _ClassVar[Function]
    FUNCTION_UPPER: _ClassVar[Function]
    FUNCTION_TRIM: _ClassVar[Function]
    FUNCTION_STRING: _ClassVar[Function]
    FUNCTION_MINUTES: _ClassVar[Function]
    FUNCTION_HOURS: _ClassVar[Function]
    FUNCTION_DAYS: _ClassVar[Function]
    FUNCTION_ADD_MONTHS: _ClassVar[Function]
    FUNCTION_YEAR: _ClassVar[Function]
    FUNCTION_MONTH: _ClassVar[Function]
    FUNCTION_WEEKDAY: _ClassVar[Function]
    FUNCTION_DATE_OF: _ClassVar[Function]
    FUNCTION_TIME_OF: _ClassVar[Function]
    FUNCTION_WORKDAYS: _ClassVar[Function]
    FUNCTION_IN_RANGE: _ClassVar[Function]
    FUNCTION_DISTANCE: _ClassVar[Function]
    FUNCTION_DISPLAY: _ClassVar[Function]
    FUNCTION_MODEL: _ClassVar[Function]
    FUNCTION_SIZE: _ClassVar[Function]

class Macro(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MACRO_UNSPECIFIED: _ClassVar[Macro]
    MACRO_EXISTS: _ClassVar[Macro]
    MACRO_ALL: _ClassVar[Macro]
    MACRO_FILTER: _ClassVar[Macro]
    MACRO_MAP: _ClassVar[Macro]
    MACRO_SUM: _ClassVar[Macro]
    MACRO_AVG: _ClassVar[Macro]
    MACRO_MIN: _ClassVar[Macro]
    MACRO_MAX: _ClassVar[Macro]
    MACRO_FIND: _ClassVar[Macro]
VALUE_KIND_UNSPECIFIED: ValueKind
VALUE_KIND_BOOL: ValueKind
VALUE_KIND_INT: ValueKind
VALUE_KIND_DECIMAL: ValueKind
VALUE_KIND_STRING: ValueKind
VALUE_KIND_UUID: ValueKind
VALUE_KIND_DATE: ValueKind
VALUE_KIND_TIME: ValueKind
VALUE_KIND_TIMESTAMP: ValueKind
VALUE_KIND_DURATION: ValueKind
VALUE_KIND_JSON: ValueKind
VALUE_KIND_ENUM: ValueKind
VALUE_KIND_ROW: ValueKind
VALUE_KIND_ROWS: ValueKind
VALUE_KIND_LIST: ValueKind
VALUE_KIND_OBJECT: ValueKind
VALUE_KIND_NULL: ValueKind
VALUE_KIND_POINT: ValueKind
VALUE_KIND_BYTES: ValueKind
ROOT_UNSPECIFIED: Root
ROOT_THIS: Root
ROOT_OLD: Root
ROOT_INPUT: Root
ROOT_ACTOR: Root
ROOT_SESSION: Root
ROOT_VISITOR: Root
ROOT_REQUEST: Root
ROOT_EVENT: Root
ROOT_APP: Root
ROOT_NOW: Root
ROOT_TODAY: Root
ROOT_ANYONE: Root
ROOT_SIGNED_IN: Root
ROOT_NOBODY: Root
UNARY_OPERATOR_UNSPECIFIED: UnaryOperator
UNARY_OPERATOR_NOT: UnaryOperator
UNARY_OPERATOR_NEGATE: UnaryOperator
BINARY_OPERATOR_UNSPECIFIED: BinaryOperator
BINARY_OPERATOR_AND: BinaryOperator
BINARY_OPERATOR_OR: BinaryOperator
BINARY_OPERATOR_EQUAL: BinaryOperator
BINARY_OPERATOR_NOT_EQUAL: BinaryOperator
BINARY_OPERATOR_LESS: BinaryOperator
BINARY_OPERATOR_LESS_EQUAL: BinaryOperator
BINARY_OPERATOR_GREATER: BinaryOperator
BINARY_OPERATOR_GREATER_EQUAL: BinaryOperator
BINARY_OPERATOR_IN: BinaryOperator
BINARY_OPERATOR_ADD: BinaryOperator
BINARY_OPERATOR_SUBTRACT: BinaryOperator
BINARY_OPERATOR_MULTIPLY: BinaryOperator
BINARY_OPERATOR_DIVIDE: BinaryOperator
BINARY_OPERATOR_MODULO: BinaryOperator
FUNCTION_UNSPECIFIED: Function
FUNCTION_CAN: Function
FUNCTION_READABLE: Function
FUNCTION_WRITABLE: Function
FUNCTION_HOLDERS: Function
FUNCTION_COALESCE: Function
FUNCTION_ROUND: Function
FUNCTION_LEAST: Function
FUNCTION_GREATEST: Function
FUNCTION_LOWER: Function
FUNCTION_UPPER: Function
FUNCTION_TRIM: Function
FUNCTION_STRING: Function
FUNCTION_MINUTES: Function
FUNCTION_HOURS: Function
FUNCTION_DAYS: Function
FUNCTION_ADD_MONTHS: Function
FUNCTION_YEAR: Function
FUNCTION_MONTH: Function
FUNCTION_WEEKDAY: Function
FUNCTION_DATE_OF: Function
FUNCTION_TIME_OF: Function
FUNCTION_WORKDAYS: Function
FUNCTION_IN_RANGE: Function
FUNCTION_DISTANCE: Function
FUNCTION_DISPLAY: Function
FUNCTION_MODEL: Function
FUNCTION_SIZE: Function
MACRO_UNSPECIFIED: Macro
MACRO_EXISTS: Macro
MACRO_ALL: Macro
MACRO_FILTER: Macro
MACRO_MAP: Macro
MACRO_SUM: Macro
MACRO_AVG: Macro
MACRO_MIN: Macro
MACRO_MAX: Macro
MACRO_FIND: Macro

class Expression(_message.Message):
    __slots__ = ("source", "root", "place")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ROOT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    source: str
    root: Node
    place: Place
    def __init__(self, source: _Optional[str] = ..., root: _Optional[_Union[Node, _Mapping]] = ..., place: _Optional[_Union[Place, _Mapping]] = ...) -> None: ...

class Place(_message.Message):
    __slots__ = ("path", "line", "column")
    PATH_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    path: str
    line: int
    column: int
    def __init__(self, path: _Optional[str] = ..., line: _Optional[int] = ..., column: _Optional[int] = ...) -> None: ...

class ValueType(_message.Message):
    __slots__ = ("kind", "nullable", "model_ids", "members", "element")
    KIND_FIELD_NUMBER: _ClassVar[int]
    NULLABLE_FIELD_NUMBER: _ClassVar[int]
    MODEL_IDS_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    ELEMENT_FIELD_NUMBER: _ClassVar[int]
    kind: ValueKind
    nullable: bool
    model_ids: _containers.RepeatedScalarFieldContainer[str]
    members: _containers.RepeatedScalarFieldContainer[str]
    element: ValueType
    def __init__(self, kind: _Optional[_Union[ValueKind, str]] = ..., nullable: _Optional[bool] = ..., model_ids: _Optional[_Iterable[str]] = ..., members: _Optional[_Iterable[str]] = ..., element: _Optional[_Union[ValueType, _Mapping]] = ...) -> None: ...

class Node(_message.Message):
    __slots__ = ("type", "literal", "name", "select", "unary", "binary", "conditional", "call", "comprehension", "list")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    LITERAL_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SELECT_FIELD_NUMBER: _ClassVar[int]
    UNARY_FIELD_NUMBER: _ClassVar[int]
    BINARY_FIELD_NUMBER: _ClassVar[int]
    CONDITIONAL_FIELD_NUMBER: _ClassVar[int]
    CALL_FIELD_NUMBER: _ClassVar[int]
    COMPREHENSION_FIELD_NUMBER: _ClassVar[int]
    LIST_FIELD_NUMBER: _ClassVar[int]
    type: ValueType
    literal: Literal
    name: Name
    select: Select
    unary: Unary
    binary: Binary
    conditional: Conditional
    call: Call
    comprehension: Comprehension
    list: ListLiteral
    def __init__(self, type: _Optional[_Union[ValueType, _Mapping]] = ..., literal: _Optional[_Union[Literal, _Mapping]] = ..., name: _Optional[_Union[Name, _Mapping]] = ..., select: _Optional[_Union[Select, _Mapping]] = ..., unary: _Optional[_Union[Unary, _Mapping]] = ..., binary: _Optional[_Union[Binary, _Mapping]] = ..., conditional: _Optional[_Union[Conditional, _Mapping]] = ..., call: _Optional[_Union[Call, _Mapping]] = ..., comprehension: _Optional[_Union[Comprehension, _Mapping]] = ..., list: _Optional[_Union[ListLiteral, _Mapping]] = ...) -> None: ...

class Literal(_message.Message):
    __slots__ = ("bool_value", "int_value", "decimal_value", "string_value", "enum_value", "null_value", "json_value", "temporal_value")
    BOOL_VALUE_FIELD_NUMBER: _ClassVar[int]
    INT_VALUE_FIELD_NUMBER: _ClassVar[int]
    DECIMAL_VALUE_FIELD_NUMBER: _ClassVar[int]
    STRING_VALUE_FIELD_NUMBER: _ClassVar[int]
    ENUM_VALUE_FIELD_NUMBER: _ClassVar[int]
    NULL_VALUE_FIELD_NUMBER: _ClassVar[int]
    JSON_VALUE_FIELD_NUMBER: _ClassVar[int]
    TEMPORAL_VALUE_FIELD_NUMBER: _ClassVar[int]
    bool_value: bool
    int_value: int
    decimal_value: str
    string_value: str
    enum_value: str
    null_value: NullValue
    json_value: str
    temporal_value: str
    def __init__(self, bool_value: _Optional[bool] = ..., int_value: _Optional[int] = ..., decimal_value: _Optional[str] = ..., string_value: _Optional[str] = ..., enum_value: _Optional[str] = ..., null_value: _Optional[_Union[NullValue, _Mapping]] = ..., json_value: _Optional[str] = ..., temporal_value: _Optional[str] = ...) -> None: ...

class NullValue(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Name(_message.Message):
    __slots__ = ("root", "variable", "model_id", "setting_key")
    ROOT_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    SETTING_KEY_FIELD_NUMBER: _ClassVar[int]
    root: Root
    variable: str
    model_id: str
    setting_key: str
    def __init__(self, root: _Optional[_Union[Root, str]] = ..., variable: _Optional[str] = ..., model_id: _Optional[str] = ..., setting_key: _Optional[str] = ...) -> None: ...

class Select(_message.Message):
    __slots__ = ("operand", "member", "field_id")
    OPERAND_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    operand: Node
    member: str
    field_id: str
    def __init__(self, operand: _Optional[_Union[Node, _Mapping]] = ..., member: _Optional[str] = ..., field_id: _Optional[str] = ...) -> None: ...

class Unary(_message.Message):
    __slots__ = ("operator", "operand")
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    OPERAND_FIELD_NUMBER: _ClassVar[int]
    operator: UnaryOperator
    operand: Node
    def __init__(self, operator: _Optional[_Union[UnaryOperator, str]] = ..., operand: _Optional[_Union[Node, _Mapping]] = ...) -> None: ...

class Binary(_message.Message):
    __slots__ = ("operator", "left", "right")
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    RIGHT_FIELD_NUMBER: _ClassVar[int]
    operator: BinaryOperator
    left: Node
    right: Node
    def __init__(self, operator: _Optional[_Union[BinaryOperator, str]] = ..., left: _Optional[_Union[Node, _Mapping]] = ..., right: _Optional[_Union[Node, _Mapping]] = ...) -> None: ...

class Conditional(_message.Message):
    __slots__ = ("condition", "then", "otherwise")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    THEN_FIELD_NUMBER: _ClassVar[int]
    OTHERWISE_FIELD_NUMBER: _ClassVar[int]
    condition: Node
    then: Node
    otherwise: Node
    def __init__(self, condition: _Optional[_Union[Node, _Mapping]] = ..., then: _Optional[_Union[Node, _Mapping]] = ..., otherwise: _Optional[_Union[Node, _Mapping]] = ...) -> None: ...

class Call(_message.Message):
    __slots__ = ("function", "arguments")
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    ARGUMENTS_FIELD_NUMBER: _ClassVar[int]
    function: Function
    arguments: _containers.RepeatedCompositeFieldContainer[Node]
    def __init__(self, function: _Optional[_Union[Function, str]] = ..., arguments: _Optional[_Iterable[_Union[Node, _Mapping]]] = ...) -> None: ...

class Comprehension(_message.Message):
    __slots__ = ("macro", "over", "variable", "body")
    MACRO_FIELD_NUMBER: _ClassVar[int]
    OVER_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    macro: Macro
    over: Node
    variable: str
    body: Node
    def __init__(self, macro: _Optional[_Union[Macro, str]] = ..., over: _Optional[_Union[Node, _Mapping]] = ..., variable: _Optional[str] = ..., body: _Optional[_Union[Node, _Mapping]] = ...) -> None: ...

class ListLiteral(_message.Message):
    __slots__ = ("items",)
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[Node]
    def __init__(self, items: _Optional[_Iterable[_Union[Node, _Mapping]]] = ...) -> None: ...
