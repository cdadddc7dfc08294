from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProofLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROOF_LEVEL_UNSPECIFIED: _ClassVar[ProofLevel]
    PROOF_LEVEL_NONE: _ClassVar[ProofLevel]
    PROOF_LEVEL_STATIC: _ClassVar[ProofLevel]
    PROOF_LEVEL_RUN: _ClassVar[ProofLevel]
    PROOF_LEVEL_FULL: _ClassVar[ProofLevel]
    PROOF_LEVEL_AUDIT: _ClassVar[ProofLevel]

class CheckState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECK_STATE_UNSPECIFIED: _ClassVar[CheckState]
    CHECK_STATE_PASSED: _ClassVar[CheckState]
    CHECK_STATE_FAILED: _ClassVar[CheckState]
    CHECK_STATE_UNVERIFIED: _ClassVar[CheckState]
PROOF_LEVEL_UNSPECIFIED: ProofLevel
PROOF_LEVEL_NONE: ProofLevel
PROOF_LEVEL_STATIC: ProofLevel
PROOF_LEVEL_RUN: ProofLevel
PROOF_LEVEL_FULL: ProofLevel
PROOF_LEVEL_AUDIT: ProofLevel
CHECK_STATE_UNSPECIFIED: CheckState
CHECK_STATE_PASSED: CheckState
CHECK_STATE_FAILED: CheckState
CHECK_STATE_UNVERIFIED: CheckState

class Measurement(_message.Message):
    __slots__ = ("name", "value", "unit", "evidence")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: float
    unit: str
    evidence: str
    def __init__(self, name: _Optional[str] = ..., value: _Optional[float] = ..., unit: _Optional[str] = ..., evidence: _Optional[str] = ...) -> None: ...

class Check(_message.Message):
    __slots__ = ("name", "state", "message", "seconds", "output", "passed", "failed", "skipped")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: CheckState
    message: str
    seconds: float
    output: str
    passed: int
    failed: int
    skipped: int
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[CheckState, str]] = ..., message: _Optional[str] = ..., seconds: _Optional[float] = ..., output: _Optional[str] = ..., passed: _Optional[int] = ..., failed: _Optional[int] = ..., skipped: _Optional[int] = ...) -> None: ...

class ShowResult(_message.Message):
    __slots__ = ("feature", "line", "text", "state", "behaviours")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BEHAVIOURS_FIELD_NUMBER: _ClassVar[int]
    feature: str
    line: int
    text: str
    state: CheckState
    behaviours: _containers.RepeatedCompositeFieldContainer[BehaviourResult]
    def __init__(self, feature: _Optional[str] = ..., line: _Optional[int] = ..., text: _Optional[str] = ..., state: _Optional[_Union[CheckState, str]] = ..., behaviours: _Optional[_Iterable[_Union[BehaviourResult, _Mapping]]] = ...) -> None: ...

class BehaviourResult(_message.Message):
    __slots__ = ("name", "state", "message", "seconds")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: CheckState
    message: str
    seconds: float
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[CheckState, str]] = ..., message: _Optional[str] = ..., seconds: _Optional[float] = ...) -> None: ...

class EvidenceFile(_message.Message):
    __slots__ = ("info", "media_type", "content")
    INFO_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    info: EvidenceInfo
    media_type: str
    content: bytes
    def __init__(self, info: _Optional[_Union[EvidenceInfo, _Mapping]] = ..., media_type: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class EvidenceInfo(_message.Message):
    __slots__ = ("path", "page", "width", "state", "bytes")
    PATH_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    path: str
    page: str
    width: int
    state: str
    bytes: int
    def __init__(self, path: _Optional[str] = ..., page: _Optional[str] = ..., width: _Optional[int] = ..., state: _Optional[str] = ..., bytes: _Optional[int] = ...) -> None: ...
