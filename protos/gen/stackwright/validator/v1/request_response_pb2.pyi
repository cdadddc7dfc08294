import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from stackwright.code.v1 import facts_pb2 as _facts_pb2
from stackwright.code.v1 import file_pb2 as _file_pb2
from stackwright.code.v1 import finding_pb2 as _finding_pb2
from stackwright.code.v1 import measurement_pb2 as _measurement_pb2
from stackwright.contract.v1 import behaviour_pb2 as _behaviour_pb2
from stackwright.contract.v1 import contract_pb2 as _contract_pb2
from stackwright.handler.v1 import request_response_pb2 as _request_response_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ValidatorDescription(_message.Message):
    __slots__ = ("name", "version", "extensions", "from_level", "tools", "limitations")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    FROM_LEVEL_FIELD_NUMBER: _ClassVar[int]
    TOOLS_FIELD_NUMBER: _ClassVar[int]
    LIMITATIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    extensions: _containers.RepeatedScalarFieldContainer[str]
    from_level: _measurement_pb2.ProofLevel
    tools: _containers.RepeatedScalarFieldContainer[str]
    limitations: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., extensions: _Optional[_Iterable[str]] = ..., from_level: _Optional[_Union[_measurement_pb2.ProofLevel, str]] = ..., tools: _Optional[_Iterable[str]] = ..., limitations: _Optional[_Iterable[str]] = ...) -> None: ...

class DescribeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DescribeResponse(_message.Message):
    __slots__ = ("validator",)
    VALIDATOR_FIELD_NUMBER: _ClassVar[int]
    validator: ValidatorDescription
    def __init__(self, validator: _Optional[_Union[ValidatorDescription, _Mapping]] = ...) -> None: ...

class ValidateRequest(_message.Message):
    __slots__ = ("start", "chunk")
    START_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    start: ValidateStart
    chunk: _file_pb2.FileChunk
    def __init__(self, start: _Optional[_Union[ValidateStart, _Mapping]] = ..., chunk: _Optional[_Union[_file_pb2.FileChunk, _Mapping]] = ...) -> None: ...

class ValidateStart(_message.Message):
    __slots__ = ("request_id", "proof", "stack", "commands", "contract", "probe_contract", "scenarios")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    STACK_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    PROBE_CONTRACT_FIELD_NUMBER: _ClassVar[int]
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    proof: _measurement_pb2.ProofLevel
    stack: _request_response_pb2.Stack
    commands: _containers.RepeatedCompositeFieldContainer[_request_response_pb2.Command]
    contract: _contract_pb2.Contract
    probe_contract: _contract_pb2.Contract
    scenarios: _containers.RepeatedCompositeFieldContainer[_behaviour_pb2.Scenario]
    def __init__(self, request_id: _Optional[str] = ..., proof: _Optional[_Union[_measurement_pb2.ProofLevel, str]] = ..., stack: _Optional[_Union[_request_response_pb2.Stack, _Mapping]] = ..., commands: _Optional[_Iterable[_Union[_request_response_pb2.Command, _Mapping]]] = ..., contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., probe_contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., scenarios: _Optional[_Iterable[_Union[_behaviour_pb2.Scenario, _Mapping]]] = ...) -> None: ...

class ValidateResponse(_message.Message):
    __slots__ = ("progress", "finding", "facts", "measurement", "check", "show", "result", "evidence")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    MEASUREMENT_FIELD_NUMBER: _ClassVar[int]
    CHECK_FIELD_NUMBER: _ClassVar[int]
    SHOW_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    progress: ValidateProgress
    finding: _finding_pb2.Finding
    facts: _facts_pb2.Facts
    measurement: _measurement_pb2.Measurement
    check: _measurement_pb2.Check
    show: _measurement_pb2.ShowResult
    result: ValidateResult
    evidence: _measurement_pb2.EvidenceFile
    def __init__(self, progress: _Optional[_Union[ValidateProgress, _Mapping]] = ..., finding: _Optional[_Union[_finding_pb2.Finding, _Mapping]] = ..., facts: _Optional[_Union[_facts_pb2.Facts, _Mapping]] = ..., measurement: _Optional[_Union[_measurement_pb2.Measurement, _Mapping]] = ..., check: _Optional[_Union[_measurement_pb2.Check, _Mapping]] = ..., show: _Optional[_Union[_measurement_pb2.ShowResult, _Mapping]] = ..., result: _Optional[_Union[ValidateResult, _Mapping]] = ..., evidence: _Optional[_Union[_measurement_pb2.EvidenceFile, _Mapping]] = ...) -> None: ...

class ValidateProgress(_message.Message):
    __slots__ = ("message", "done", "total")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    message: str
    done: int
    total: int
    def __init__(self, message: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class ValidateResult(_message.Message):
    __slots__ = ("files", "elapsed")
    FILES_FIELD_NUMBER: _ClassVar[int]
    ELAPSED_FIELD_NUMBER: _ClassVar[int]
    files: int
    elapsed: _duration_pb2.Duration
    def __init__(self, files: _Optional[int] = ..., elapsed: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
