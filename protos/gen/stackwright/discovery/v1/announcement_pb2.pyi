import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from stackwright.handler.v1 import request_response_pb2 as _request_response_pb2
from stackwright.validator.v1 import request_response_pb2 as _request_response_pb2_1
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Announcement(_message.Message):
    __slots__ = ("instance_id", "address", "started_at", "handler", "validator", "named")
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    VALIDATOR_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    instance_id: str
    address: str
    started_at: _timestamp_pb2.Timestamp
    handler: _request_response_pb2.HandlerDescription
    validator: _request_response_pb2_1.ValidatorDescription
    named: NamedService
    def __init__(self, instance_id: _Optional[str] = ..., address: _Optional[str] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., handler: _Optional[_Union[_request_response_pb2.HandlerDescription, _Mapping]] = ..., validator: _Optional[_Union[_request_response_pb2_1.ValidatorDescription, _Mapping]] = ..., named: _Optional[_Union[NamedService, _Mapping]] = ...) -> None: ...

class NamedService(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...
