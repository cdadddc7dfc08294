import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import any_pb2 as _any_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from stackwright.code.v1 import measurement_pb2 as _measurement_pb2
from stackwright.code.v1 import report_pb2 as _report_pb2
from stackwright.handler.v1 import request_response_pb2 as _request_response_pb2
from stackwright.registry.v1 import request_response_pb2 as _request_response_pb2_1
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Engine(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENGINE_UNSPECIFIED: _ClassVar[Engine]
    ENGINE_AUTO: _ClassVar[Engine]
    ENGINE_BLUEPRINT: _ClassVar[Engine]
    ENGINE_CLAUDE: _ClassVar[Engine]

class RunState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RUN_STATE_UNSPECIFIED: _ClassVar[RunState]
    RUN_STATE_QUEUED: _ClassVar[RunState]
    RUN_STATE_RUNNING: _ClassVar[RunState]
    RUN_STATE_SUCCEEDED: _ClassVar[RunState]
    RUN_STATE_FAILED: _ClassVar[RunState]
    RUN_STATE_CANCELLED: _ClassVar[RunState]

class Phase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PHASE_UNSPECIFIED: _ClassVar[Phase]
    PHASE_RESOLVE: _ClassVar[Phase]
    PHASE_ESTABLISH: _ClassVar[Phase]
    PHASE_GENERATE: _ClassVar[Phase]
    PHASE_VALIDATE: _ClassVar[Phase]
    PHASE_REFINE: _ClassVar[Phase]
    PHASE_ASSEMBLE: _ClassVar[Phase]
    PHASE_FALLBACK: _ClassVar[Phase]
    PHASE_DONE: _ClassVar[Phase]
ENGINE_UNSPECIFIED: Engine
ENGINE_AUTO: Engine
ENGINE_BLUEPRINT: Engine
ENGINE_CLAUDE: Engine
RUN_STATE_UNSPECIFIED: RunState
RUN_STATE_QUEUED: RunState
RUN_STATE_RUNNING: RunState
RUN_STATE_SUCCEEDED: RunState
RUN_STATE_FAILED: RunState
RUN_STATE_CANCELLED: RunState
PHASE_UNSPECIFIED: Phase
PHASE_RESOLVE: Phase
PHASE_ESTABLISH: Phase
PHASE_GENERATE: Phase
PHASE_VALIDATE: Phase
PHASE_REFINE: Phase
PHASE_ASSEMBLE: Phase
PHASE_FALLBACK: Phase
PHASE_DONE: Phase

class GenerationSpec(_message.Message):
    __slots__ = ("project_name", "requirements", "stack", "domain", "options")
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    STACK_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    project_name: str
    requirements: _containers.RepeatedCompositeFieldContainer[_request_response_pb2_1.Requirement]
    stack: _request_response_pb2.Stack
    domain: _request_response_pb2_1.Domain
    options: GenerationOptions
    def __init__(self, project_name: _Optional[str] = ..., requirements: _Optional[_Iterable[_Union[_request_response_pb2_1.Requirement, _Mapping]]] = ..., stack: _Optional[_Union[_request_response_pb2.Stack, _Mapping]] = ..., domain: _Optional[_Union[_request_response_pb2_1.Domain, _Mapping]] = ..., options: _Optional[_Union[GenerationOptions, _Mapping]] = ...) -> None: ...

class GenerationOptions(_message.Message):
    __slots__ = ("quality_target", "proof", "engine", "strict", "max_cost_usd", "callback_url", "output_path")
    QUALITY_TARGET_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    STRICT_FIELD_NUMBER: _ClassVar[int]
    MAX_COST_USD_FIELD_NUMBER: _ClassVar[int]
    CALLBACK_URL_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_PATH_FIELD_NUMBER: _ClassVar[int]
    quality_target: float
    proof: _measurement_pb2.ProofLevel
    engine: Engine
    strict: bool
    max_cost_usd: float
    callback_url: str
    output_path: str
    def __init__(self, quality_target: _Optional[float] = ..., proof: _Optional[_Union[_measurement_pb2.ProofLevel, str]] = ..., engine: _Optional[_Union[Engine, str]] = ..., strict: _Optional[bool] = ..., max_cost_usd: _Optional[float] = ..., callback_url: _Optional[str] = ..., output_path: _Optional[str] = ...) -> None: ...

class PlanGenerationRequest(_message.Message):
    __slots__ = ("spec",)
    SPEC_FIELD_NUMBER: _ClassVar[int]
    spec: GenerationSpec
    def __init__(self, spec: _Optional[_Union[GenerationSpec, _Mapping]] = ...) -> None: ...

class PlanGenerationResponse(_message.Message):
    __slots__ = ("features", "unknown", "endpoints", "tables", "warnings", "estimated_seconds", "handlers", "not_implemented")
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_SECONDS_FIELD_NUMBER: _ClassVar[int]
    HANDLERS_FIELD_NUMBER: _ClassVar[int]
    NOT_IMPLEMENTED_FIELD_NUMBER: _ClassVar[int]
    features: _containers.RepeatedCompositeFieldContainer[_request_response_pb2_1.ResolvedFeature]
    unknown: _containers.RepeatedCompositeFieldContainer[_request_response_pb2_1.UnknownFeature]
    endpoints: _containers.RepeatedCompositeFieldContainer[PlannedEndpoint]
    tables: _containers.RepeatedCompositeFieldContainer[PlannedTable]
    warnings: _containers.RepeatedCompositeFieldContainer[_request_response_pb2.Warning]
    estimated_seconds: float
    handlers: _containers.RepeatedCompositeFieldContainer[PinnedService]
    not_implemented: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, features: _Optional[_Iterable[_Union[_request_response_pb2_1.ResolvedFeature, _Mapping]]] = ..., unknown: _Optional[_Iterable[_Union[_request_response_pb2_1.UnknownFeature, _Mapping]]] = ..., endpoints: _Optional[_Iterable[_Union[PlannedEndpoint, _Mapping]]] = ..., tables: _Optional[_Iterable[_Union[PlannedTable, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[_request_response_pb2.Warning, _Mapping]]] = ..., estimated_seconds: _Optional[float] = ..., handlers: _Optional[_Iterable[_Union[PinnedService, _Mapping]]] = ..., not_implemented: _Optional[_Iterable[str]] = ...) -> None: ...

class PlannedEndpoint(_message.Message):
    __slots__ = ("method", "path", "feature", "permission")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    method: str
    path: str
    feature: str
    permission: str
    def __init__(self, method: _Optional[str] = ..., path: _Optional[str] = ..., feature: _Optional[str] = ..., permission: _Optional[str] = ...) -> None: ...

class PlannedTable(_message.Message):
    __slots__ = ("name", "feature", "columns")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    name: str
    feature: str
    columns: int
    def __init__(self, name: _Optional[str] = ..., feature: _Optional[str] = ..., columns: _Optional[int] = ...) -> None: ...

class StartGenerationRequest(_message.Message):
    __slots__ = ("request_id", "spec")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SPEC_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    spec: GenerationSpec
    def __init__(self, request_id: _Optional[str] = ..., spec: _Optional[_Union[GenerationSpec, _Mapping]] = ...) -> None: ...

class StartGenerationResponse(_message.Message):
    __slots__ = ("run", "repeated_request")
    RUN_FIELD_NUMBER: _ClassVar[int]
    REPEATED_REQUEST_FIELD_NUMBER: _ClassVar[int]
    run: Run
    repeated_request: bool
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ..., repeated_request: _Optional[bool] = ...) -> None: ...

class Run(_message.Message):
    __slots__ = ("run_id", "state", "phase", "spec", "created_at", "updated_at", "finished_at", "slug", "contract_revision", "pinned", "result", "failure", "correlation")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    SPEC_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_REVISION_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    state: RunState
    phase: Phase
    spec: GenerationSpec
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    finished_at: _timestamp_pb2.Timestamp
    slug: str
    contract_revision: str
    pinned: _containers.RepeatedCompositeFieldContainer[PinnedService]
    result: RunResult
    failure: RunFailure
    correlation: str
    def __init__(self, run_id: _Optional[str] = ..., state: _Optional[_Union[RunState, str]] = ..., phase: _Optional[_Union[Phase, str]] = ..., spec: _Optional[_Union[GenerationSpec, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., finished_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., slug: _Optional[str] = ..., contract_revision: _Optional[str] = ..., pinned: _Optional[_Iterable[_Union[PinnedService, _Mapping]]] = ..., result: _Optional[_Union[RunResult, _Mapping]] = ..., failure: _Optional[_Union[RunFailure, _Mapping]] = ..., correlation: _Optional[str] = ...) -> None: ...

class PinnedService(_message.Message):
    __slots__ = ("name", "version", "digest", "role")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    digest: str
    role: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., digest: _Optional[str] = ..., role: _Optional[str] = ...) -> None: ...

class RunResult(_message.Message):
    __slots__ = ("success", "features_implemented", "features_not_implemented", "output_path", "files_written", "report", "contracts_established", "documentation_updated", "premium_features", "refinement_cycles", "fallback", "warnings", "features", "artifact_digest", "artifact_bytes")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    FEATURES_IMPLEMENTED_FIELD_NUMBER: _ClassVar[int]
    FEATURES_NOT_IMPLEMENTED_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_PATH_FIELD_NUMBER: _ClassVar[int]
    FILES_WRITTEN_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    CONTRACTS_ESTABLISHED_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTATION_UPDATED_FIELD_NUMBER: _ClassVar[int]
    PREMIUM_FEATURES_FIELD_NUMBER: _ClassVar[int]
    REFINEMENT_CYCLES_FIELD_NUMBER: _ClassVar[int]
    FALLBACK_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_DIGEST_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_BYTES_FIELD_NUMBER: _ClassVar[int]
    success: bool
    features_implemented: _containers.RepeatedScalarFieldContainer[str]
    features_not_implemented: _containers.RepeatedCompositeFieldContainer[FeatureNotImplemented]
    output_path: str
    files_written: int
    report: _report_pb2.QualityReport
    contracts_established: _struct_pb2.Struct
    documentation_updated: _containers.RepeatedScalarFieldContainer[str]
    premium_features: _containers.RepeatedScalarFieldContainer[str]
    refinement_cycles: int
    fallback: FallbackOutcome
    warnings: _containers.RepeatedCompositeFieldContainer[_request_response_pb2.Warning]
    features: _containers.RepeatedCompositeFieldContainer[_request_response_pb2.FeatureResult]
    artifact_digest: str
    artifact_bytes: int
    def __init__(self, success: _Optional[bool] = ..., features_implemented: _Optional[_Iterable[str]] = ..., features_not_implemented: _Optional[_Iterable[_Union[FeatureNotImplemented, _Mapping]]] = ..., output_path: _Optional[str] = ..., files_written: _Optional[int] = ..., report: _Optional[_Union[_report_pb2.QualityReport, _Mapping]] = ..., contracts_established: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., documentation_updated: _Optional[_Iterable[str]] = ..., premium_features: _Optional[_Iterable[str]] = ..., refinement_cycles: _Optional[int] = ..., fallback: _Optional[_Union[FallbackOutcome, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_request_response_pb2.Warning, _Mapping]]] = ..., features: _Optional[_Iterable[_Union[_request_response_pb2.FeatureResult, _Mapping]]] = ..., artifact_digest: _Optional[str] = ..., artifact_bytes: _Optional[int] = ...) -> None: ...

class FeatureNotImplemented(_message.Message):
    __slots__ = ("name", "reason", "nearest")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NEAREST_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    nearest: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., nearest: _Optional[str] = ...) -> None: ...

class FallbackOutcome(_message.Message):
    __slots__ = ("level", "completed_components", "requires_human_completion", "documentation_path", "recovery_instructions")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    REQUIRES_HUMAN_COMPLETION_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTATION_PATH_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    level: str
    completed_components: _containers.RepeatedScalarFieldContainer[str]
    requires_human_completion: _containers.RepeatedScalarFieldContainer[str]
    documentation_path: str
    recovery_instructions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, level: _Optional[str] = ..., completed_components: _Optional[_Iterable[str]] = ..., requires_human_completion: _Optional[_Iterable[str]] = ..., documentation_path: _Optional[str] = ..., recovery_instructions: _Optional[_Iterable[str]] = ...) -> None: ...

class RunFailure(_message.Message):
    __slots__ = ("reason", "message", "phase")
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    reason: str
    message: str
    phase: Phase
    def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ..., phase: _Optional[_Union[Phase, str]] = ...) -> None: ...

class GetRunRequest(_message.Message):
    __slots__ = ("run_id",)
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

class GetRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...

class ListRunsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRunsResponse(_message.Message):
    __slots__ = ("runs", "next_page_token")
    RUNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    runs: _containers.RepeatedCompositeFieldContainer[Run]
    next_page_token: str
    def __init__(self, runs: _Optional[_Iterable[_Union[Run, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchRunRequest(_message.Message):
    __slots__ = ("run_id", "after_sequence")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    after_sequence: int
    def __init__(self, run_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchRunResponse(_message.Message):
    __slots__ = ("event",)
    EVENT_FIELD_NUMBER: _ClassVar[int]
    event: RunEvent
    def __init__(self, event: _Optional[_Union[RunEvent, _Mapping]] = ...) -> None: ...

class RunEvent(_message.Message):
    __slots__ = ("sequence", "event")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    event: _any_pb2.Any
    def __init__(self, sequence: _Optional[int] = ..., event: _Optional[_Union[_any_pb2.Any, _Mapping]] = ...) -> None: ...

class CancelRunRequest(_message.Message):
    __slots__ = ("request_id", "run_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    run_id: str
    def __init__(self, request_id: _Optional[str] = ..., run_id: _Optional[str] = ...) -> None: ...

class CancelRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...

class DownloadArtifactRequest(_message.Message):
    __slots__ = ("run_id", "part")
    class Part(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        PART_UNSPECIFIED: _ClassVar[DownloadArtifactRequest.Part]
        PART_ARCHIVE: _ClassVar[DownloadArtifactRequest.Part]
        PART_REPORT_JSON: _ClassVar[DownloadArtifactRequest.Part]
        PART_REPORT_HTML: _ClassVar[DownloadArtifactRequest.Part]
        PART_OPENAPI: _ClassVar[DownloadArtifactRequest.Part]
        PART_CONTRACTS: _ClassVar[DownloadArtifactRequest.Part]
    PART_UNSPECIFIED: DownloadArtifactRequest.Part
    PART_ARCHIVE: DownloadArtifactRequest.Part
    PART_REPORT_JSON: DownloadArtifactRequest.Part
    PART_REPORT_HTML: DownloadArtifactRequest.Part
    PART_OPENAPI: DownloadArtifactRequest.Part
    PART_CONTRACTS: DownloadArtifactRequest.Part
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    part: DownloadArtifactRequest.Part
    def __init__(self, run_id: _Optional[str] = ..., part: _Optional[_Union[DownloadArtifactRequest.Part, str]] = ...) -> None: ...

class DownloadArtifactResponse(_message.Message):
    __slots__ = ("info", "chunk")
    INFO_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    info: ArtifactInfo
    chunk: bytes
    def __init__(self, info: _Optional[_Union[ArtifactInfo, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class ArtifactInfo(_message.Message):
    __slots__ = ("file_name", "media_type", "size", "sha256")
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    file_name: str
    media_type: str
    size: int
    sha256: str
    def __init__(self, file_name: _Optional[str] = ..., media_type: _Optional[str] = ..., size: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class GetEventHistoryRequest(_message.Message):
    __slots__ = ("run_id", "types", "after_sequence", "page_size")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    types: _containers.RepeatedScalarFieldContainer[str]
    after_sequence: int
    page_size: int
    def __init__(self, run_id: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., after_sequence: _Optional[int] = ..., page_size: _Optional[int] = ...) -> None: ...

class GetEventHistoryResponse(_message.Message):
    __slots__ = ("events", "next_sequence")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[RunEvent]
    next_sequence: int
    def __init__(self, events: _Optional[_Iterable[_Union[RunEvent, _Mapping]]] = ..., next_sequence: _Optional[int] = ...) -> None: ...

class ListServicesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListServicesResponse(_message.Message):
    __slots__ = ("services",)
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    services: _containers.RepeatedCompositeFieldContainer[ServiceInfo]
    def __init__(self, services: _Optional[_Iterable[_Union[ServiceInfo, _Mapping]]] = ...) -> None: ...

class ServiceInfo(_message.Message):
    __slots__ = ("instance_id", "address", "handler", "validator", "version")
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    VALIDATOR_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    instance_id: str
    address: str
    handler: _request_response_pb2.HandlerDescription
    validator: str
    version: str
    def __init__(self, instance_id: _Optional[str] = ..., address: _Optional[str] = ..., handler: _Optional[_Union[_request_response_pb2.HandlerDescription, _Mapping]] = ..., validator: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...
