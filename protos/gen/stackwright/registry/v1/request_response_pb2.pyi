import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from stackwright.code.v1 import facts_pb2 as _facts_pb2
from stackwright.code.v1 import report_pb2 as _report_pb2
from stackwright.contract.v1 import behaviour_pb2 as _behaviour_pb2
from stackwright.contract.v1 import contract_pb2 as _contract_pb2
from stackwright.contract.v1 import model_pb2 as _model_pb2
from stackwright.contract.v1 import operation_pb2 as _operation_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChangeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGE_KIND_UNSPECIFIED: _ClassVar[ChangeKind]
    CHANGE_KIND_ADDED: _ClassVar[ChangeKind]
    CHANGE_KIND_REMOVED: _ClassVar[ChangeKind]
    CHANGE_KIND_CHANGED: _ClassVar[ChangeKind]
    CHANGE_KIND_RENAMED: _ClassVar[ChangeKind]
CHANGE_KIND_UNSPECIFIED: ChangeKind
CHANGE_KIND_ADDED: ChangeKind
CHANGE_KIND_REMOVED: ChangeKind
CHANGE_KIND_CHANGED: ChangeKind
CHANGE_KIND_RENAMED: ChangeKind

class CatalogueFile(_message.Message):
    __slots__ = ("path", "content")
    PATH_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    path: str
    content: bytes
    def __init__(self, path: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class PublishCatalogueRequest(_message.Message):
    __slots__ = ("request_id", "file")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    file: CatalogueFile
    def __init__(self, request_id: _Optional[str] = ..., file: _Optional[_Union[CatalogueFile, _Mapping]] = ...) -> None: ...

class PublishCatalogueResponse(_message.Message):
    __slots__ = ("digest", "features", "warnings")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    digest: str
    features: int
    warnings: _containers.RepeatedCompositeFieldContainer[Problem]
    def __init__(self, digest: _Optional[str] = ..., features: _Optional[int] = ..., warnings: _Optional[_Iterable[_Union[Problem, _Mapping]]] = ...) -> None: ...

class Problem(_message.Message):
    __slots__ = ("path", "line", "column", "code", "message")
    PATH_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    path: str
    line: int
    column: int
    code: str
    message: str
    def __init__(self, path: _Optional[str] = ..., line: _Optional[int] = ..., column: _Optional[int] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class ListFeaturesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFeaturesResponse(_message.Message):
    __slots__ = ("features", "next_page_token")
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    features: _containers.RepeatedCompositeFieldContainer[FeatureSummary]
    next_page_token: str
    def __init__(self, features: _Optional[_Iterable[_Union[FeatureSummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FeatureSummary(_message.Message):
    __slots__ = ("key", "title", "area", "aliases", "needs", "shows", "specified", "version", "built")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    SPECIFIED_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BUILT_FIELD_NUMBER: _ClassVar[int]
    key: str
    title: str
    area: str
    aliases: _containers.RepeatedScalarFieldContainer[str]
    needs: _containers.RepeatedScalarFieldContainer[str]
    shows: _containers.RepeatedScalarFieldContainer[str]
    specified: bool
    version: int
    built: bool
    def __init__(self, key: _Optional[str] = ..., title: _Optional[str] = ..., area: _Optional[str] = ..., aliases: _Optional[_Iterable[str]] = ..., needs: _Optional[_Iterable[str]] = ..., shows: _Optional[_Iterable[str]] = ..., specified: _Optional[bool] = ..., version: _Optional[int] = ..., built: _Optional[bool] = ...) -> None: ...

class Requirement(_message.Message):
    __slots__ = ("name", "enabled", "description")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ENABLED_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    name: str
    enabled: bool
    description: str
    def __init__(self, name: _Optional[str] = ..., enabled: _Optional[bool] = ..., description: _Optional[str] = ...) -> None: ...

class ResolveFeaturesRequest(_message.Message):
    __slots__ = ("requirements",)
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    requirements: _containers.RepeatedCompositeFieldContainer[Requirement]
    def __init__(self, requirements: _Optional[_Iterable[_Union[Requirement, _Mapping]]] = ...) -> None: ...

class ResolveFeaturesResponse(_message.Message):
    __slots__ = ("features", "unknown")
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    features: _containers.RepeatedCompositeFieldContainer[ResolvedFeature]
    unknown: _containers.RepeatedCompositeFieldContainer[UnknownFeature]
    def __init__(self, features: _Optional[_Iterable[_Union[ResolvedFeature, _Mapping]]] = ..., unknown: _Optional[_Iterable[_Union[UnknownFeature, _Mapping]]] = ...) -> None: ...

class ResolvedFeature(_message.Message):
    __slots__ = ("key", "requested_as", "needed_by", "specified", "title", "built", "native_modules")
    KEY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_AS_FIELD_NUMBER: _ClassVar[int]
    NEEDED_BY_FIELD_NUMBER: _ClassVar[int]
    SPECIFIED_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    BUILT_FIELD_NUMBER: _ClassVar[int]
    NATIVE_MODULES_FIELD_NUMBER: _ClassVar[int]
    key: str
    requested_as: str
    needed_by: _containers.RepeatedScalarFieldContainer[str]
    specified: bool
    title: str
    built: bool
    native_modules: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, key: _Optional[str] = ..., requested_as: _Optional[str] = ..., needed_by: _Optional[_Iterable[str]] = ..., specified: _Optional[bool] = ..., title: _Optional[str] = ..., built: _Optional[bool] = ..., native_modules: _Optional[_Iterable[str]] = ...) -> None: ...

class UnknownFeature(_message.Message):
    __slots__ = ("name", "nearest")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NEAREST_FIELD_NUMBER: _ClassVar[int]
    name: str
    nearest: str
    def __init__(self, name: _Optional[str] = ..., nearest: _Optional[str] = ...) -> None: ...

class Domain(_message.Message):
    __slots__ = ("jdl", "entities", "bind", "entities_json")
    class BindEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    JDL_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    BIND_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_JSON_FIELD_NUMBER: _ClassVar[int]
    jdl: str
    entities: _struct_pb2.Struct
    bind: _containers.ScalarMap[str, str]
    entities_json: str
    def __init__(self, jdl: _Optional[str] = ..., entities: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., bind: _Optional[_Mapping[str, str]] = ..., entities_json: _Optional[str] = ...) -> None: ...

class DraftContractRequest(_message.Message):
    __slots__ = ("request_id", "project_name", "features", "requested", "domain", "with_probe")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    WITH_PROBE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    project_name: str
    features: _containers.RepeatedScalarFieldContainer[str]
    requested: _containers.RepeatedScalarFieldContainer[str]
    domain: Domain
    with_probe: bool
    def __init__(self, request_id: _Optional[str] = ..., project_name: _Optional[str] = ..., features: _Optional[_Iterable[str]] = ..., requested: _Optional[_Iterable[str]] = ..., domain: _Optional[_Union[Domain, _Mapping]] = ..., with_probe: _Optional[bool] = ...) -> None: ...

class DraftContractResponse(_message.Message):
    __slots__ = ("contract", "not_specified")
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    NOT_SPECIFIED_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    not_specified: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., not_specified: _Optional[_Iterable[str]] = ...) -> None: ...

class RegisterContractRequest(_message.Message):
    __slots__ = ("request_id", "contract", "replaces")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    REPLACES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    contract: _contract_pb2.Contract
    replaces: str
    def __init__(self, request_id: _Optional[str] = ..., contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., replaces: _Optional[str] = ...) -> None: ...

class RegisterContractResponse(_message.Message):
    __slots__ = ("contract_id", "revision", "created")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    revision: str
    created: bool
    def __init__(self, contract_id: _Optional[str] = ..., revision: _Optional[str] = ..., created: _Optional[bool] = ...) -> None: ...

class GetContractRequest(_message.Message):
    __slots__ = ("contract_id", "revision")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    revision: str
    def __init__(self, contract_id: _Optional[str] = ..., revision: _Optional[str] = ...) -> None: ...

class GetContractResponse(_message.Message):
    __slots__ = ("contract",)
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ...) -> None: ...

class GetContractsForFeatureRequest(_message.Message):
    __slots__ = ("contract_id", "revision", "feature")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    revision: str
    feature: str
    def __init__(self, contract_id: _Optional[str] = ..., revision: _Optional[str] = ..., feature: _Optional[str] = ...) -> None: ...

class GetContractsForFeatureResponse(_message.Message):
    __slots__ = ("operations", "models")
    OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    operations: _containers.RepeatedCompositeFieldContainer[_operation_pb2.Operation]
    models: _containers.RepeatedCompositeFieldContainer[_model_pb2.Model]
    def __init__(self, operations: _Optional[_Iterable[_Union[_operation_pb2.Operation, _Mapping]]] = ..., models: _Optional[_Iterable[_Union[_model_pb2.Model, _Mapping]]] = ...) -> None: ...

class FindEndpointRequest(_message.Message):
    __slots__ = ("contract_id", "revision", "method", "path")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    revision: str
    method: str
    path: str
    def __init__(self, contract_id: _Optional[str] = ..., revision: _Optional[str] = ..., method: _Optional[str] = ..., path: _Optional[str] = ...) -> None: ...

class FindEndpointResponse(_message.Message):
    __slots__ = ("operation",)
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ...) -> None: ...

class ListModelsRequest(_message.Message):
    __slots__ = ("contract_id", "revision", "page_size", "page_token")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    revision: str
    page_size: int
    page_token: str
    def __init__(self, contract_id: _Optional[str] = ..., revision: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListModelsResponse(_message.Message):
    __slots__ = ("models", "next_page_token")
    MODELS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    models: _containers.RepeatedCompositeFieldContainer[_model_pb2.Model]
    next_page_token: str
    def __init__(self, models: _Optional[_Iterable[_Union[_model_pb2.Model, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListRevisionsRequest(_message.Message):
    __slots__ = ("contract_id", "page_size", "page_token")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    page_size: int
    page_token: str
    def __init__(self, contract_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRevisionsResponse(_message.Message):
    __slots__ = ("revisions", "next_page_token")
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedCompositeFieldContainer[Revision]
    next_page_token: str
    def __init__(self, revisions: _Optional[_Iterable[_Union[Revision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Revision(_message.Message):
    __slots__ = ("revision", "registered_at")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_AT_FIELD_NUMBER: _ClassVar[int]
    revision: str
    registered_at: _timestamp_pb2.Timestamp
    def __init__(self, revision: _Optional[str] = ..., registered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CompareRevisionsRequest(_message.Message):
    __slots__ = ("contract_id", "base", "head")
    CONTRACT_ID_FIELD_NUMBER: _ClassVar[int]
    BASE_FIELD_NUMBER: _ClassVar[int]
    HEAD_FIELD_NUMBER: _ClassVar[int]
    contract_id: str
    base: str
    head: str
    def __init__(self, contract_id: _Optional[str] = ..., base: _Optional[str] = ..., head: _Optional[str] = ...) -> None: ...

class CompareRevisionsResponse(_message.Message):
    __slots__ = ("changes",)
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[Change]
    def __init__(self, changes: _Optional[_Iterable[_Union[Change, _Mapping]]] = ...) -> None: ...

class Change(_message.Message):
    __slots__ = ("element", "kind", "api_breaking", "data", "message")
    class DataEffect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DATA_EFFECT_UNSPECIFIED: _ClassVar[Change.DataEffect]
        DATA_EFFECT_SAFE: _ClassVar[Change.DataEffect]
        DATA_EFFECT_NEEDS_BACKFILL: _ClassVar[Change.DataEffect]
        DATA_EFFECT_KEPT_ONE_REVISION: _ClassVar[Change.DataEffect]
        DATA_EFFECT_RENAMED: _ClassVar[Change.DataEffect]
        DATA_EFFECT_CHECKED_FIRST: _ClassVar[Change.DataEffect]
        DATA_EFFECT_RECOMPUTED: _ClassVar[Change.DataEffect]
    DATA_EFFECT_UNSPECIFIED: Change.DataEffect
    DATA_EFFECT_SAFE: Change.DataEffect
    DATA_EFFECT_NEEDS_BACKFILL: Change.DataEffect
    DATA_EFFECT_KEPT_ONE_REVISION: Change.DataEffect
    DATA_EFFECT_RENAMED: Change.DataEffect
    DATA_EFFECT_CHECKED_FIRST: Change.DataEffect
    DATA_EFFECT_RECOMPUTED: Change.DataEffect
    ELEMENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    API_BREAKING_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    element: str
    kind: ChangeKind
    api_breaking: bool
    data: Change.DataEffect
    message: str
    def __init__(self, element: _Optional[str] = ..., kind: _Optional[_Union[ChangeKind, str]] = ..., api_breaking: _Optional[bool] = ..., data: _Optional[_Union[Change.DataEffect, str]] = ..., message: _Optional[str] = ...) -> None: ...

class CheckConsistencyRequest(_message.Message):
    __slots__ = ("contract", "facts")
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    facts: _facts_pb2.Facts
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ..., facts: _Optional[_Union[_facts_pb2.Facts, _Mapping]] = ...) -> None: ...

class CheckConsistencyResponse(_message.Message):
    __slots__ = ("deviations", "compared")
    DEVIATIONS_FIELD_NUMBER: _ClassVar[int]
    COMPARED_FIELD_NUMBER: _ClassVar[int]
    deviations: _containers.RepeatedCompositeFieldContainer[_report_pb2.ContractDeviation]
    compared: int
    def __init__(self, deviations: _Optional[_Iterable[_Union[_report_pb2.ContractDeviation, _Mapping]]] = ..., compared: _Optional[int] = ...) -> None: ...

class ExportOpenApiRequest(_message.Message):
    __slots__ = ("contract",)
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ...) -> None: ...

class ExportOpenApiResponse(_message.Message):
    __slots__ = ("document",)
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    document: bytes
    def __init__(self, document: _Optional[bytes] = ...) -> None: ...

class ExportCompactRequest(_message.Message):
    __slots__ = ("contract",)
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    contract: _contract_pb2.Contract
    def __init__(self, contract: _Optional[_Union[_contract_pb2.Contract, _Mapping]] = ...) -> None: ...

class ExportCompactResponse(_message.Message):
    __slots__ = ("contracts",)
    CONTRACTS_FIELD_NUMBER: _ClassVar[int]
    contracts: _struct_pb2.Struct
    def __init__(self, contracts: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class GetBehaviourRequest(_message.Message):
    __slots__ = ("features",)
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    features: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, features: _Optional[_Iterable[str]] = ...) -> None: ...

class GetBehaviourResponse(_message.Message):
    __slots__ = ("scenarios", "files")
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    scenarios: _containers.RepeatedCompositeFieldContainer[_behaviour_pb2.Scenario]
    files: _containers.RepeatedCompositeFieldContainer[CatalogueFile]
    def __init__(self, scenarios: _Optional[_Iterable[_Union[_behaviour_pb2.Scenario, _Mapping]]] = ..., files: _Optional[_Iterable[_Union[CatalogueFile, _Mapping]]] = ...) -> None: ...
