from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Scenario(_message.Message):
    __slots__ = ("feature", "name", "line", "given", "steps", "at_once", "expect_counts", "settings", "fresh")
    class ExpectCountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class SettingsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _struct_pb2.Value
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    AT_ONCE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_COUNTS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    FRESH_FIELD_NUMBER: _ClassVar[int]
    feature: str
    name: str
    line: int
    given: _containers.RepeatedCompositeFieldContainer[ScenarioStep]
    steps: _containers.RepeatedCompositeFieldContainer[ScenarioStep]
    at_once: int
    expect_counts: _containers.ScalarMap[str, int]
    settings: _containers.MessageMap[str, _struct_pb2.Value]
    fresh: bool
    def __init__(self, feature: _Optional[str] = ..., name: _Optional[str] = ..., line: _Optional[int] = ..., given: _Optional[_Iterable[_Union[ScenarioStep, _Mapping]]] = ..., steps: _Optional[_Iterable[_Union[ScenarioStep, _Mapping]]] = ..., at_once: _Optional[int] = ..., expect_counts: _Optional[_Mapping[str, int]] = ..., settings: _Optional[_Mapping[str, _struct_pb2.Value]] = ..., fresh: _Optional[bool] = ...) -> None: ...

class ScenarioStep(_message.Message):
    __slots__ = ("do", "id", "headers", "expect", "see", "keep", "within_seconds", "fault", "log", "mail")
    class HeadersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    AS_FIELD_NUMBER: _ClassVar[int]
    DO_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    WITH_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    EXPECT_FIELD_NUMBER: _ClassVar[int]
    SEE_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    WITHIN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    LOG_FIELD_NUMBER: _ClassVar[int]
    MAIL_FIELD_NUMBER: _ClassVar[int]
    do: str
    id: str
    headers: _containers.ScalarMap[str, str]
    expect: _containers.RepeatedScalarFieldContainer[int]
    see: _struct_pb2.Struct
    keep: str
    within_seconds: float
    fault: Fault
    log: LogQuery
    mail: MailQuery
    def __init__(self, do: _Optional[str] = ..., id: _Optional[str] = ..., headers: _Optional[_Mapping[str, str]] = ..., expect: _Optional[_Iterable[int]] = ..., see: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., keep: _Optional[str] = ..., within_seconds: _Optional[float] = ..., fault: _Optional[_Union[Fault, _Mapping]] = ..., log: _Optional[_Union[LogQuery, _Mapping]] = ..., mail: _Optional[_Union[MailQuery, _Mapping]] = ..., **kwargs) -> None: ...

class Fault(_message.Message):
    __slots__ = ("dependency", "down")
    DEPENDENCY_FIELD_NUMBER: _ClassVar[int]
    DOWN_FIELD_NUMBER: _ClassVar[int]
    dependency: str
    down: bool
    def __init__(self, dependency: _Optional[str] = ..., down: _Optional[bool] = ...) -> None: ...

class MailQuery(_message.Message):
    __slots__ = ("to",)
    TO_FIELD_NUMBER: _ClassVar[int]
    to: str
    def __init__(self, to: _Optional[str] = ...) -> None: ...

class LogQuery(_message.Message):
    __slots__ = ("all", "correlation")
    ALL_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_FIELD_NUMBER: _ClassVar[int]
    all: bool
    correlation: str
    def __init__(self, all: _Optional[bool] = ..., correlation: _Optional[str] = ...) -> None: ...
