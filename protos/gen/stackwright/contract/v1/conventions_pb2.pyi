from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ApiConventions(_message.Message):
    __slots__ = ("version", "base_path", "correlation_header", "idempotency_header", "refresh_cookie", "token_transport_header", "default_page_size", "max_page_size", "max_body_bytes", "max_json_depth", "error_codes", "filter_operators", "system_schema")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BASE_PATH_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_HEADER_FIELD_NUMBER: _ClassVar[int]
    IDEMPOTENCY_HEADER_FIELD_NUMBER: _ClassVar[int]
    REFRESH_COOKIE_FIELD_NUMBER: _ClassVar[int]
    TOKEN_TRANSPORT_HEADER_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    MAX_PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    MAX_BODY_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_JSON_DEPTH_FIELD_NUMBER: _ClassVar[int]
    ERROR_CODES_FIELD_NUMBER: _ClassVar[int]
    FILTER_OPERATORS_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_SCHEMA_FIELD_NUMBER: _ClassVar[int]
    version: int
    base_path: str
    correlation_header: str
    idempotency_header: str
    refresh_cookie: str
    token_transport_header: str
    default_page_size: int
    max_page_size: int
    max_body_bytes: int
    max_json_depth: int
    error_codes: _containers.RepeatedCompositeFieldContainer[ErrorCode]
    filter_operators: _containers.RepeatedScalarFieldContainer[str]
    system_schema: str
    def __init__(self, version: _Optional[int] = ..., base_path: _Optional[str] = ..., correlation_header: _Optional[str] = ..., idempotency_header: _Optional[str] = ..., refresh_cookie: _Optional[str] = ..., token_transport_header: _Optional[str] = ..., default_page_size: _Optional[int] = ..., max_page_size: _Optional[int] = ..., max_body_bytes: _Optional[int] = ..., max_json_depth: _Optional[int] = ..., error_codes: _Optional[_Iterable[_Union[ErrorCode, _Mapping]]] = ..., filter_operators: _Optional[_Iterable[str]] = ..., system_schema: _Optional[str] = ...) -> None: ...

class ErrorCode(_message.Message):
    __slots__ = ("code", "status", "meaning")
    CODE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    MEANING_FIELD_NUMBER: _ClassVar[int]
    code: str
    status: int
    meaning: str
    def __init__(self, code: _Optional[str] = ..., status: _Optional[int] = ..., meaning: _Optional[str] = ...) -> None: ...
