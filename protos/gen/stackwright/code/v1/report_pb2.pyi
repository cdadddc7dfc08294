import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from stackwright.code.v1 import finding_pb2 as _finding_pb2
from stackwright.code.v1 import measurement_pb2 as _measurement_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class QualityReport(_message.Message):
    __slots__ = ("run_id", "contract_revision", "overall", "potential", "target", "proof", "gates", "caps", "proof_factor", "checks", "shows", "findings", "measurements", "deviations", "finished_at", "evidence")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_REVISION_FIELD_NUMBER: _ClassVar[int]
    OVERALL_FIELD_NUMBER: _ClassVar[int]
    POTENTIAL_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    GATES_FIELD_NUMBER: _ClassVar[int]
    CAPS_FIELD_NUMBER: _ClassVar[int]
    PROOF_FACTOR_FIELD_NUMBER: _ClassVar[int]
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    MEASUREMENTS_FIELD_NUMBER: _ClassVar[int]
    DEVIATIONS_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    contract_revision: str
    overall: float
    potential: float
    target: float
    proof: _measurement_pb2.ProofLevel
    gates: _containers.RepeatedCompositeFieldContainer[GateScore]
    caps: _containers.RepeatedCompositeFieldContainer[Cap]
    proof_factor: float
    checks: _containers.RepeatedCompositeFieldContainer[_measurement_pb2.Check]
    shows: _containers.RepeatedCompositeFieldContainer[_measurement_pb2.ShowResult]
    findings: _containers.RepeatedCompositeFieldContainer[_finding_pb2.Finding]
    measurements: _containers.RepeatedCompositeFieldContainer[_measurement_pb2.Measurement]
    deviations: _containers.RepeatedCompositeFieldContainer[ContractDeviation]
    finished_at: _timestamp_pb2.Timestamp
    evidence: _containers.RepeatedCompositeFieldContainer[_measurement_pb2.EvidenceInfo]
    def __init__(self, run_id: _Optional[str] = ..., contract_revision: _Optional[str] = ..., overall: _Optional[float] = ..., potential: _Optional[float] = ..., target: _Optional[float] = ..., proof: _Optional[_Union[_measurement_pb2.ProofLevel, str]] = ..., gates: _Optional[_Iterable[_Union[GateScore, _Mapping]]] = ..., caps: _Optional[_Iterable[_Union[Cap, _Mapping]]] = ..., proof_factor: _Optional[float] = ..., checks: _Optional[_Iterable[_Union[_measurement_pb2.Check, _Mapping]]] = ..., shows: _Optional[_Iterable[_Union[_measurement_pb2.ShowResult, _Mapping]]] = ..., findings: _Optional[_Iterable[_Union[_finding_pb2.Finding, _Mapping]]] = ..., measurements: _Optional[_Iterable[_Union[_measurement_pb2.Measurement, _Mapping]]] = ..., deviations: _Optional[_Iterable[_Union[ContractDeviation, _Mapping]]] = ..., finished_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., evidence: _Optional[_Iterable[_Union[_measurement_pb2.EvidenceInfo, _Mapping]]] = ...) -> None: ...

class GateScore(_message.Message):
    __slots__ = ("gate", "score", "least", "weight", "unverified", "parts")
    GATE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    UNVERIFIED_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    gate: _finding_pb2.Gate
    score: float
    least: float
    weight: float
    unverified: bool
    parts: _containers.RepeatedCompositeFieldContainer[GatePart]
    def __init__(self, gate: _Optional[_Union[_finding_pb2.Gate, str]] = ..., score: _Optional[float] = ..., least: _Optional[float] = ..., weight: _Optional[float] = ..., unverified: _Optional[bool] = ..., parts: _Optional[_Iterable[_Union[GatePart, _Mapping]]] = ...) -> None: ...

class GatePart(_message.Message):
    __slots__ = ("name", "weight", "score", "measured", "evidence")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    weight: float
    score: float
    measured: bool
    evidence: str
    def __init__(self, name: _Optional[str] = ..., weight: _Optional[float] = ..., score: _Optional[float] = ..., measured: _Optional[bool] = ..., evidence: _Optional[str] = ...) -> None: ...

class Cap(_message.Message):
    __slots__ = ("at", "reason")
    AT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    at: float
    reason: str
    def __init__(self, at: _Optional[float] = ..., reason: _Optional[str] = ...) -> None: ...

class ContractDeviation(_message.Message):
    __slots__ = ("kind", "element", "difference", "message")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ELEMENT_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    kind: str
    element: str
    difference: str
    message: str
    def __init__(self, kind: _Optional[str] = ..., element: _Optional[str] = ..., difference: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
