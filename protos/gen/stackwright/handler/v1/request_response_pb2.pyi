import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from stackwright.code.v1 import file_pb2 as _file_pb2
from stackwright.code.v1 import finding_pb2 as _finding_pb2
from stackwright.contract.v1 import contract_pb2 as _contract_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HandlerRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HANDLER_ROLE_UNSPECIFIED: _ClassVar[HandlerRole]
    HANDLER_ROLE_BACKEND: _ClassVar[HandlerRole]
    HANDLER_ROLE_FRONTEND: _ClassVar[HandlerRole]
    HANDLER_ROLE_DATABASE: _ClassVar[HandlerRole]

class Rung(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RUNG_UNSPECIFIED: _ClassVar[Rung]
    RUNG_FULL_FEATURE_IMPLEMENTATION: _ClassVar[Rung]
    RUNG_SIMPLIFIED_IMPLEMENTATION: _ClassVar[Rung]
    RUNG_BASIC_CRUD_TEMPLATE: _ClassVar[Rung]
    RUNG_API_DOCUMENTATION_ONLY: _ClassVar[Rung]
    RUNG_HUMAN_INTERVENTION_REQUIRED: _ClassVar[Rung]
HANDLER_ROLE_UNSPECIFIED: HandlerRole
HANDLER_ROLE_BACKEND: HandlerRole
HANDLER_ROLE_FRONTEND: HandlerRole
HANDLER_ROLE_DATABASE: HandlerRole
RUNG_UNSPECIFIED: Rung
RUNG_FULL_FEATURE_IMPLEMENTATION: Rung
RUNG_SIMPLIFIED_IMPLEMENTATION: Rung
RUNG_BASIC_CRUD_TEMPLATE: Rung
RUNG_API_DOCUMENTATION_ONLY: Rung
RUNG_HUMAN_INTERVENTION_REQUIRED: Rung

class HandlerDescription(_message.Message):
    __slots__ = ("name", "version", "role", "technologies", "languages", "contract_versions", "conventions_version", "features", "blueprint_digest", "libraries", "native_modules")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGIES_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    CONVENTIONS_VERSION_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    BLUEPRINT_DIGEST_FIELD_NUMBER: _ClassVar[int]
    LIBRARIES_FIELD_NUMBER: _ClassVar[int]
    NATIVE_MODULES_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    role: HandlerRole
    technologies: _containers.RepeatedScalarFieldContainer[str]
    languages: _containers.RepeatedScalarFieldContainer[str]
    contract_versions: _containers.RepeatedScalarFieldContainer[int]
    conventions_version: int
    features: _containers.RepeatedCompositeFieldContainer[FeatureSupport]
    blueprint_digest: str
    libraries: _containers.RepeatedScalarFieldContainer[str]
    native_modules: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., role: _Optional[_Union[HandlerRole, str]] = ..., technologies: _Optional[_Iterable[str]] = ..., languages: _Optional[_Iterable[str]] = ..., contract_versions: _Optional[_Iterable[int]] = ..., conventions_version: _Optional[int] = ..., features: _Optional[_Iterable[_Union[FeatureSupport, _Mapping]]] = ..., blueprint_digest: _Optional[str] = ..., libraries: _Optional[_Iterable[str]] = ..., native_modules: _Optional[_Iterable[str]] = ...) -> None: ...

class FeatureSupport(_message.Message):
    __slots__ = ("key", "version")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    key: str
    version: int
    def __init__(self, key: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class DescribeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DescribeResponse(_message.Message):
    __slots__ = ("handler",)
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    handler: HandlerDescription
    def __init__(self, handler: _Optional[_Union[HandlerDescription, _Mapping]] = ...) -> None: ...

class Technology(_message.Message):
    __slots__ = ("name", "language", "libraries", "secondary")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    LIBRARIES_FIELD_NUMBER: _ClassVar[int]
    SECONDARY_FIELD_NUMBER: _ClassVar[int]
    name: str
    language: str
    libraries: _containers.RepeatedScalarFieldContainer[str]
    secondary: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., language: _Optional[str] = ..., libraries: _Optional[_Iterable[str]] = ..., secondary: _Optional[_Iterable[str]] = ...) -> None: ...

class ModelAccess(_message.Message):
    __slots__ = ("address", "run_token", "budget_usd")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    RUN_TOKEN_FIELD_NUMBER: _ClassVar[int]
    BUDGET_USD_FIELD_NUMBER: _ClassVar[int]
    address: str
    run_token: str
    budget_usd: float
    def __init__(self, address: _Optional[str] = ..., run_token: _Optional[str] = ..., budget_usd: _Optional[float] = ...) -> None: ...

class EstablishContractsRequest(_message.Message):
    __slots__ = ("request_id", "draft", "technology", "model_access")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGY_FIELD_NUMBER: _ClassVar[int]
    MODEL_ACCESS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    draft: _contract_pb2.Contract
    technology: Technology
    model_access: ModelAccess
    def __init__(self, request_id: _Optional[str] = ..., draft: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., technology: _Optional[_Union[Technology, _Mapping]] = ..., model_access: _Optional[_Union[ModelAccess, _Mapping]] = ...) -> None: ...

class EstablishContractsResponse(_message.Message):
    __slots__ = ("contract", "warnings")
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ...) -> None: ...

class GenerateRequest(_message.Message):
    __slots__ = ("request_id", "contract", "technology", "stack", "model_access", "rung")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGY_FIELD_NUMBER: _ClassVar[int]
    STACK_FIELD_NUMBER: _ClassVar[int]
    MODEL_ACCESS_FIELD_NUMBER: _ClassVar[int]
    RUNG_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    contract: _contract_pb2.Contract
    technology: Technology
    stack: Stack
    model_access: ModelAccess
    rung: Rung
    def __init__(self, request_id: _Optional[str] = ..., contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., technology: _Optional[_Union[Technology, _Mapping]] = ..., stack: _Optional[_Union[Stack, _Mapping]] = ..., model_access: _Optional[_Union[ModelAccess, _Mapping]] = ..., rung: _Optional[_Union[Rung, str]] = ...) -> None: ...

class Stack(_message.Message):
    __slots__ = ("backend", "frontend", "database")
    BACKEND_FIELD_NUMBER: _ClassVar[int]
    FRONTEND_FIELD_NUMBER: _ClassVar[int]
    DATABASE_FIELD_NUMBER: _ClassVar[int]
    backend: Technology
    frontend: Technology
    database: Technology
    def __init__(self, backend: _Optional[_Union[Technology, _Mapping]] = ..., frontend: _Optional[_Union[Technology, _Mapping]] = ..., database: _Optional[_Union[Technology, _Mapping]] = ...) -> None: ...

class Warning(_message.Message):
    __slots__ = ("code", "subject", "message")
    CODE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    code: str
    subject: str
    message: str
    def __init__(self, code: _Optional[str] = ..., subject: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class GenerateResponse(_message.Message):
    __slots__ = ("progress", "chunk", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    chunk: _file_pb2.FileChunk
    result: HandlerResult
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., chunk: _Optional[_Union[_file_pb2.FileChunk, _Mapping]] = ..., result: _Optional[_Union[HandlerResult, _Mapping]] = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ("message", "done", "total")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    message: str
    done: int
    total: int
    def __init__(self, message: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class HandlerResult(_message.Message):
    __slots__ = ("success", "files", "endpoints", "components", "tables", "features", "self_assessment", "warnings", "usage", "elapsed", "commands", "documents")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
    COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    SELF_ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    ELAPSED_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    files: int
    endpoints: _containers.RepeatedScalarFieldContainer[str]
    components: _containers.RepeatedScalarFieldContainer[str]
    tables: _containers.RepeatedScalarFieldContainer[str]
    features: _containers.RepeatedCompositeFieldContainer[FeatureResult]
    self_assessment: float
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    usage: Usage
    elapsed: _duration_pb2.Duration
    commands: _containers.RepeatedCompositeFieldContainer[Command]
    documents: _containers.RepeatedCompositeFieldContainer[DocumentSection]
    def __init__(self, success: _Optional[bool] = ..., files: _Optional[int] = ..., endpoints: _Optional[_Iterable[str]] = ..., components: _Optional[_Iterable[str]] = ..., tables: _Optional[_Iterable[str]] = ..., features: _Optional[_Iterable[_Union[FeatureResult, _Mapping]]] = ..., self_assessment: _Optional[float] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., usage: _Optional[_Union[Usage, _Mapping]] = ..., elapsed: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., commands: _Optional[_Iterable[_Union[Command, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[DocumentSection, _Mapping]]] = ...) -> None: ...

class FeatureResult(_message.Message):
    __slots__ = ("key", "rung", "note")
    KEY_FIELD_NUMBER: _ClassVar[int]
    RUNG_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    key: str
    rung: Rung
    note: str
    def __init__(self, key: _Optional[str] = ..., rung: _Optional[_Union[Rung, str]] = ..., note: _Optional[str] = ...) -> None: ...

class Usage(_message.Message):
    __slots__ = ("input_tokens", "output_tokens", "cost_usd")
    INPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    COST_USD_FIELD_NUMBER: _ClassVar[int]
    input_tokens: int
    output_tokens: int
    cost_usd: float
    def __init__(self, input_tokens: _Optional[int] = ..., output_tokens: _Optional[int] = ..., cost_usd: _Optional[float] = ...) -> None: ...

class Command(_message.Message):
    __slots__ = ("name", "directory", "argv", "environment", "description")
    class EnvironmentEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DIRECTORY_FIELD_NUMBER: _ClassVar[int]
    ARGV_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    name: str
    directory: str
    argv: _containers.RepeatedScalarFieldContainer[str]
    environment: _containers.ScalarMap[str, str]
    description: str
    def __init__(self, name: _Optional[str] = ..., directory: _Optional[str] = ..., argv: _Optional[_Iterable[str]] = ..., environment: _Optional[_Mapping[str, str]] = ..., description: _Optional[str] = ...) -> None: ...

class DocumentSection(_message.Message):
    __slots__ = ("key", "title", "markdown")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    MARKDOWN_FIELD_NUMBER: _ClassVar[int]
    key: str
    title: str
    markdown: str
    def __init__(self, key: _Optional[str] = ..., title: _Optional[str] = ..., markdown: _Optional[str] = ...) -> None: ...

class RefineRequest(_message.Message):
    __slots__ = ("request_id", "contract", "technology", "stack", "findings", "files", "model_access")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    TECHNOLOGY_FIELD_NUMBER: _ClassVar[int]
    STACK_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    MODEL_ACCESS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    contract: _contract_pb2.Contract
    technology: Technology
    stack: Stack
    findings: _containers.RepeatedCompositeFieldContainer[_finding_pb2.Finding]
    files: _containers.RepeatedCompositeFieldContainer[_file_pb2.SourceFile]
    model_access: ModelAccess
    def __init__(self, request_id: _Optional[str] = ..., contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., technology: _Optional[_Union[Technology, _Mapping]] = ..., stack: _Optional[_Union[Stack, _Mapping]] = ..., findings: _Optional[_Iterable[_Union[_finding_pb2.Finding, _Mapping]]] = ..., files: _Optional[_Iterable[_Union[_file_pb2.SourceFile, _Mapping]]] = ..., model_access: _Optional[_Union[ModelAccess, _Mapping]] = ...) -> None: ...

class RefineResponse(_message.Message):
    __slots__ = ("progress", "chunk", "result")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    chunk: _file_pb2.FileChunk
    result: RefineResult
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., chunk: _Optional[_Union[_file_pb2.FileChunk, _Mapping]] = ..., result: _Optional[_Union[RefineResult, _Mapping]] = ...) -> None: ...

class RefineResult(_message.Message):
    __slots__ = ("addressed", "declined", "usage")
    ADDRESSED_FIELD_NUMBER: _ClassVar[int]
    DECLINED_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    addressed: _containers.RepeatedScalarFieldContainer[str]
    declined: _containers.RepeatedCompositeFieldContainer[Warning]
    usage: Usage
    def __init__(self, addressed: _Optional[_Iterable[str]] = ..., declined: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., usage: _Optional[_Union[Usage, _Mapping]] = ...) -> None: ...
