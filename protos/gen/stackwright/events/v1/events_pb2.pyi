import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from stackwright.code.v1 import measurement_pb2 as _measurement_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventMeta(_message.Message):
    __slots__ = ("run_id", "event_id", "at", "source", "correlation")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    event_id: str
    at: _timestamp_pb2.Timestamp
    source: str
    correlation: str
    def __init__(self, run_id: _Optional[str] = ..., event_id: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., correlation: _Optional[str] = ...) -> None: ...

class GenerationStarted(_message.Message):
    __slots__ = ("meta", "project_name", "features")
    META_FIELD_NUMBER: _ClassVar[int]
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    project_name: str
    features: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., project_name: _Optional[str] = ..., features: _Optional[_Iterable[str]] = ...) -> None: ...

class BackendContractsEstablished(_message.Message):
    __slots__ = ("meta", "contract_revision", "endpoints", "models")
    META_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_REVISION_FIELD_NUMBER: _ClassVar[int]
    ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    contract_revision: str
    endpoints: int
    models: int
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., contract_revision: _Optional[str] = ..., endpoints: _Optional[int] = ..., models: _Optional[int] = ...) -> None: ...

class BackendGenerationStarted(_message.Message):
    __slots__ = ("meta", "handler")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ...) -> None: ...

class BackendGenerationProgress(_message.Message):
    __slots__ = ("meta", "message", "done", "total")
    META_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    message: str
    done: int
    total: int
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., message: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class BackendGenerationCompleted(_message.Message):
    __slots__ = ("meta", "handler", "files", "success")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    files: int
    success: bool
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ..., files: _Optional[int] = ..., success: _Optional[bool] = ...) -> None: ...

class FrontendGenerationStarted(_message.Message):
    __slots__ = ("meta", "handler")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ...) -> None: ...

class FrontendGenerationProgress(_message.Message):
    __slots__ = ("meta", "message", "done", "total")
    META_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    message: str
    done: int
    total: int
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., message: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class FrontendGenerationCompleted(_message.Message):
    __slots__ = ("meta", "handler", "files", "success")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    files: int
    success: bool
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ..., files: _Optional[int] = ..., success: _Optional[bool] = ...) -> None: ...

class DatabaseGenerationStarted(_message.Message):
    __slots__ = ("meta", "handler")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ...) -> None: ...

class DatabaseGenerationProgress(_message.Message):
    __slots__ = ("meta", "message", "done", "total")
    META_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    message: str
    done: int
    total: int
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., message: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class DatabaseGenerationCompleted(_message.Message):
    __slots__ = ("meta", "handler", "files", "success")
    META_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    handler: str
    files: int
    success: bool
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., handler: _Optional[str] = ..., files: _Optional[int] = ..., success: _Optional[bool] = ...) -> None: ...

class AllHandlersCompleted(_message.Message):
    __slots__ = ("meta", "files")
    META_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    files: int
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., files: _Optional[int] = ...) -> None: ...

class ValidationProgress(_message.Message):
    __slots__ = ("meta", "validator", "message")
    META_FIELD_NUMBER: _ClassVar[int]
    VALIDATOR_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    validator: str
    message: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., validator: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class ValidationCompleted(_message.Message):
    __slots__ = ("meta", "overall", "findings", "proof")
    META_FIELD_NUMBER: _ClassVar[int]
    OVERALL_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    overall: float
    findings: int
    proof: _measurement_pb2.ProofLevel
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., overall: _Optional[float] = ..., findings: _Optional[int] = ..., proof: _Optional[_Union[_measurement_pb2.ProofLevel, str]] = ...) -> None: ...

class RefinementCycleCompleted(_message.Message):
    __slots__ = ("meta", "cycle", "before", "after")
    META_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    cycle: int
    before: float
    after: float
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., cycle: _Optional[int] = ..., before: _Optional[float] = ..., after: _Optional[float] = ...) -> None: ...

class FallbackApplied(_message.Message):
    __slots__ = ("meta", "level", "reason")
    META_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    level: str
    reason: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., level: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RunCompleted(_message.Message):
    __slots__ = ("meta", "overall", "files", "output_path")
    META_FIELD_NUMBER: _ClassVar[int]
    OVERALL_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_PATH_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    overall: float
    files: int
    output_path: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., overall: _Optional[float] = ..., files: _Optional[int] = ..., output_path: _Optional[str] = ...) -> None: ...

class RunFailed(_message.Message):
    __slots__ = ("meta", "reason", "message")
    META_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    reason: str
    message: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class RunCancelled(_message.Message):
    __slots__ = ("meta",)
    META_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ...) -> None: ...

class ContractRegistered(_message.Message):
    __slots__ = ("meta", "contract_id", "revision")
    META_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    meta: EventMeta
    contract_id: str
    revision: str
    def __init__(self, meta: _Optional[_Union[EventMeta, _Mapping]] = ..., contract_id: _Optional[str] = ..., revision: _Optional[str] = ...) -> None: ...
