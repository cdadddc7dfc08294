from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Severity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEVERITY_UNSPECIFIED: _ClassVar[Severity]
    SEVERITY_INFO: _ClassVar[Severity]
    SEVERITY_LOW: _ClassVar[Severity]
    SEVERITY_MEDIUM: _ClassVar[Severity]
    SEVERITY_HIGH: _ClassVar[Severity]
    SEVERITY_CRITICAL: _ClassVar[Severity]

class Gate(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GATE_UNSPECIFIED: _ClassVar[Gate]
    GATE_SYNTAX: _ClassVar[Gate]
    GATE_SECURITY: _ClassVar[Gate]
    GATE_ARCHITECTURE: _ClassVar[Gate]
    GATE_PERFORMANCE: _ClassVar[Gate]
    GATE_MAINTAINABILITY: _ClassVar[Gate]
SEVERITY_UNSPECIFIED: Severity
SEVERITY_INFO: Severity
SEVERITY_LOW: Severity
SEVERITY_MEDIUM: Severity
SEVERITY_HIGH: Severity
SEVERITY_CRITICAL: Severity
GATE_UNSPECIFIED: Gate
GATE_SYNTAX: Gate
GATE_SECURITY: Gate
GATE_ARCHITECTURE: Gate
GATE_PERFORMANCE: Gate
GATE_MAINTAINABILITY: Gate

class Finding(_message.Message):
    __slots__ = ("tool", "rule", "severity", "gate", "path", "range", "message", "fingerprint", "principle")
    TOOL_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    GATE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    RANGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPLE_FIELD_NUMBER: _ClassVar[int]
    tool: str
    rule: str
    severity: Severity
    gate: Gate
    path: str
    range: Range
    message: str
    fingerprint: str
    principle: str
    def __init__(self, tool: _Optional[str] = ..., rule: _Optional[str] = ..., severity: _Optional[_Union[Severity, str]] = ..., gate: _Optional[_Union[Gate, str]] = ..., path: _Optional[str] = ..., range: _Optional[_Union[Range, _Mapping]] = ..., message: _Optional[str] = ..., fingerprint: _Optional[str] = ..., principle: _Optional[str] = ...) -> None: ...

class Range(_message.Message):
    __slots__ = ("start_line", "start_column", "end_line", "end_column")
    START_LINE_FIELD_NUMBER: _ClassVar[int]
    START_COLUMN_FIELD_NUMBER: _ClassVar[int]
    END_LINE_FIELD_NUMBER: _ClassVar[int]
    END_COLUMN_FIELD_NUMBER: _ClassVar[int]
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    def __init__(self, start_line: _Optional[int] = ..., start_column: _Optional[int] = ..., end_line: _Optional[int] = ..., end_column: _Optional[int] = ...) -> None: ...
