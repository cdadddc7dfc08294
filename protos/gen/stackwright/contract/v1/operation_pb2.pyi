import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from stackwright.contract.v1 import expression_pb2 as _expression_pb2
from stackwright.contract.v1 import model_pb2 as _model_pb2
from stackwright.contract.v1 import names_pb2 as _names_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OperationKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OPERATION_KIND_UNSPECIFIED: _ClassVar[OperationKind]
    OPERATION_KIND_LIST: _ClassVar[OperationKind]
    OPERATION_KIND_READ: _ClassVar[OperationKind]
    OPERATION_KIND_CREATE: _ClassVar[OperationKind]
    OPERATION_KIND_UPDATE: _ClassVar[OperationKind]
    OPERATION_KIND_DELETE: _ClassVar[OperationKind]
    OPERATION_KIND_RESTORE: _ClassVar[OperationKind]
    OPERATION_KIND_PUT: _ClassVar[OperationKind]
    OPERATION_KIND_CHOICES: _ClassVar[OperationKind]
    OPERATION_KIND_ACTION: _ClassVar[OperationKind]
    OPERATION_KIND_METRIC: _ClassVar[OperationKind]
    OPERATION_KIND_MOVE: _ClassVar[OperationKind]

class OperationScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OPERATION_SCOPE_UNSPECIFIED: _ClassVar[OperationScope]
    OPERATION_SCOPE_ROW: _ClassVar[OperationScope]
    OPERATION_SCOPE_COLLECTION: _ClassVar[OperationScope]
    OPERATION_SCOPE_GLOBAL: _ClassVar[OperationScope]
    OPERATION_SCOPE_TOKEN: _ClassVar[OperationScope]

class HttpMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HTTP_METHOD_UNSPECIFIED: _ClassVar[HttpMethod]
    HTTP_METHOD_GET: _ClassVar[HttpMethod]
    HTTP_METHOD_POST: _ClassVar[HttpMethod]
    HTTP_METHOD_PATCH: _ClassVar[HttpMethod]
    HTTP_METHOD_PUT: _ClassVar[HttpMethod]
    HTTP_METHOD_DELETE: _ClassVar[HttpMethod]

class AnswerBody(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_BODY_UNSPECIFIED: _ClassVar[AnswerBody]
    ANSWER_BODY_NOTHING: _ClassVar[AnswerBody]
    ANSWER_BODY_ROW: _ClassVar[AnswerBody]
    ANSWER_BODY_PAGE: _ClassVar[AnswerBody]
    ANSWER_BODY_CURSOR_PAGE: _ClassVar[AnswerBody]
    ANSWER_BODY_CHOICES: _ClassVar[AnswerBody]
    ANSWER_BODY_FIELDS: _ClassVar[AnswerBody]
    ANSWER_BODY_JSON: _ClassVar[AnswerBody]
    ANSWER_BODY_FILE: _ClassVar[AnswerBody]
OPERATION_KIND_UNSPECIFIED: OperationKind
OPERATION_KIND_LIST: OperationKind
OPERATION_KIND_READ: OperationKind
OPERATION_KIND_CREATE: OperationKind
OPERATION_KIND_UPDATE: OperationKind
OPERATION_KIND_DELETE: OperationKind
OPERATION_KIND_RESTORE: OperationKind
OPERATION_KIND_PUT: OperationKind
OPERATION_KIND_CHOICES: OperationKind
OPERATION_KIND_ACTION: OperationKind
OPERATION_KIND_METRIC: OperationKind
OPERATION_KIND_MOVE: OperationKind
OPERATION_SCOPE_UNSPECIFIED: OperationScope
OPERATION_SCOPE_ROW: OperationScope
OPERATION_SCOPE_COLLECTION: OperationScope
OPERATION_SCOPE_GLOBAL: OperationScope
OPERATION_SCOPE_TOKEN: OperationScope
HTTP_METHOD_UNSPECIFIED: HttpMethod
HTTP_METHOD_GET: HttpMethod
HTTP_METHOD_POST: HttpMethod
HTTP_METHOD_PATCH: HttpMethod
HTTP_METHOD_PUT: HttpMethod
HTTP_METHOD_DELETE: HttpMethod
ANSWER_BODY_UNSPECIFIED: AnswerBody
ANSWER_BODY_NOTHING: AnswerBody
ANSWER_BODY_ROW: AnswerBody
ANSWER_BODY_PAGE: AnswerBody
ANSWER_BODY_CURSOR_PAGE: AnswerBody
ANSWER_BODY_CHOICES: AnswerBody
ANSWER_BODY_FIELDS: AnswerBody
ANSWER_BODY_JSON: AnswerBody
ANSWER_BODY_FILE: AnswerBody

class Operation(_message.Message):
    __slots__ = ("id", "name", "feature", "model_id", "kind", "scope", "method", "path", "title", "description", "provenance", "by", "permission", "public", "conditions", "inputs", "steps", "returns", "answer_body", "query", "idempotent_required", "rate", "transient", "native", "errors", "emits", "from_states", "to_state", "success_status", "names", "event", "alternative_paths", "row_model_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    PUBLIC_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    ANSWER_BODY_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    IDEMPOTENT_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    TRANSIENT_FIELD_NUMBER: _ClassVar[int]
    NATIVE_FIELD_NUMBER: _ClassVar[int]
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    EMITS_FIELD_NUMBER: _ClassVar[int]
    FROM_STATES_FIELD_NUMBER: _ClassVar[int]
    TO_STATE_FIELD_NUMBER: _ClassVar[int]
    SUCCESS_STATUS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVE_PATHS_FIELD_NUMBER: _ClassVar[int]
    ROW_MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    feature: str
    model_id: str
    kind: OperationKind
    scope: OperationScope
    method: HttpMethod
    path: str
    title: str
    description: str
    provenance: _model_pb2.Provenance
    by: _expression_pb2.Expression
    permission: str
    public: bool
    conditions: _containers.RepeatedCompositeFieldContainer[Condition]
    inputs: _containers.RepeatedCompositeFieldContainer[_model_pb2.Field]
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    returns: _containers.RepeatedCompositeFieldContainer[_model_pb2.Field]
    answer_body: AnswerBody
    query: bool
    idempotent_required: bool
    rate: Rate
    transient: bool
    native: NativeCall
    errors: _containers.RepeatedCompositeFieldContainer[DeclaredError]
    emits: _containers.RepeatedScalarFieldContainer[str]
    from_states: _containers.RepeatedScalarFieldContainer[str]
    to_state: str
    success_status: int
    names: _names_pb2.OperationNames
    event: str
    alternative_paths: _containers.RepeatedScalarFieldContainer[str]
    row_model_id: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., feature: _Optional[str] = ..., model_id: _Optional[str] = ..., kind: _Optional[_Union[OperationKind, str]] = ..., scope: _Optional[_Union[OperationScope, str]] = ..., method: _Optional[_Union[HttpMethod, str]] = ..., path: _Optional[str] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., provenance: _Optional[_Union[_model_pb2.Provenance, str]] = ..., by: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., permission: _Optional[str] = ..., public: _Optional[bool] = ..., conditions: _Optional[_Iterable[_Union[Condition, _Mapping]]] = ..., inputs: _Optional[_Iterable[_Union[_model_pb2.Field, _Mapping]]] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., returns: _Optional[_Iterable[_Union[_model_pb2.Field, _Mapping]]] = ..., answer_body: _Optional[_Union[AnswerBody, str]] = ..., query: _Optional[bool] = ..., idempotent_required: _Optional[bool] = ..., rate: _Optional[_Union[Rate, _Mapping]] = ..., transient: _Optional[bool] = ..., native: _Optional[_Union[NativeCall, _Mapping]] = ..., errors: _Optional[_Iterable[_Union[DeclaredError, _Mapping]]] = ..., emits: _Optional[_Iterable[str]] = ..., from_states: _Optional[_Iterable[str]] = ..., to_state: _Optional[str] = ..., success_status: _Optional[int] = ..., names: _Optional[_Union[_names_pb2.OperationNames, _Mapping]] = ..., event: _Optional[str] = ..., alternative_paths: _Optional[_Iterable[str]] = ..., row_model_id: _Optional[str] = ...) -> None: ...

class Condition(_message.Message):
    __slots__ = ("condition", "message", "feature")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    condition: _expression_pb2.Expression
    message: str
    feature: str
    def __init__(self, condition: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., message: _Optional[str] = ..., feature: _Optional[str] = ...) -> None: ...

class Rate(_message.Message):
    __slots__ = ("count", "per")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_NUMBER: _ClassVar[int]
    count: int
    per: _duration_pb2.Duration
    def __init__(self, count: _Optional[int] = ..., per: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class NativeCall(_message.Message):
    __slots__ = ("module", "operation")
    MODULE_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    module: str
    operation: str
    def __init__(self, module: _Optional[str] = ..., operation: _Optional[str] = ...) -> None: ...

class DeclaredError(_message.Message):
    __slots__ = ("code", "status")
    CODE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    code: str
    status: int
    def __init__(self, code: _Optional[str] = ..., status: _Optional[int] = ...) -> None: ...

class Assignment(_message.Message):
    __slots__ = ("member", "field_id", "value")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    member: str
    field_id: str
    value: _expression_pb2.Expression
    def __init__(self, member: _Optional[str] = ..., field_id: _Optional[str] = ..., value: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("feature", "each", "set", "create", "put", "update", "delete", "repoint", "require", "notify", "mail", "call")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    IF_FIELD_NUMBER: _ClassVar[int]
    EACH_FIELD_NUMBER: _ClassVar[int]
    AS_FIELD_NUMBER: _ClassVar[int]
    SET_FIELD_NUMBER: _ClassVar[int]
    CREATE_FIELD_NUMBER: _ClassVar[int]
    PUT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    REPOINT_FIELD_NUMBER: _ClassVar[int]
    REQUIRE_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_FIELD_NUMBER: _ClassVar[int]
    MAIL_FIELD_NUMBER: _ClassVar[int]
    CALL_FIELD_NUMBER: _ClassVar[int]
    feature: str
    each: _expression_pb2.Expression
    set: SetStep
    create: CreateStep
    put: PutStep
    update: UpdateStep
    delete: DeleteStep
    repoint: RepointStep
    require: RequireStep
    notify: NotifyStep
    mail: MailStep
    call: CallStep
    def __init__(self, feature: _Optional[str] = ..., each: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., set: _Optional[_Union[SetStep, _Mapping]] = ..., create: _Optional[_Union[CreateStep, _Mapping]] = ..., put: _Optional[_Union[PutStep, _Mapping]] = ..., update: _Optional[_Union[UpdateStep, _Mapping]] = ..., delete: _Optional[_Union[DeleteStep, _Mapping]] = ..., repoint: _Optional[_Union[RepointStep, _Mapping]] = ..., require: _Optional[_Union[RequireStep, _Mapping]] = ..., notify: _Optional[_Union[NotifyStep, _Mapping]] = ..., mail: _Optional[_Union[MailStep, _Mapping]] = ..., call: _Optional[_Union[CallStep, _Mapping]] = ..., **kwargs) -> None: ...

class SetStep(_message.Message):
    __slots__ = ("assignments",)
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    def __init__(self, assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ...) -> None: ...

class CreateStep(_message.Message):
    __slots__ = ("model_id", "assignments")
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    model_id: str
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    def __init__(self, model_id: _Optional[str] = ..., assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ...) -> None: ...

class PutStep(_message.Message):
    __slots__ = ("model_id", "by_field_ids", "assignments")
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_IDS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    model_id: str
    by_field_ids: _containers.RepeatedScalarFieldContainer[str]
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    def __init__(self, model_id: _Optional[str] = ..., by_field_ids: _Optional[_Iterable[str]] = ..., assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ...) -> None: ...

class UpdateStep(_message.Message):
    __slots__ = ("rows", "assignments")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    rows: _expression_pb2.Expression
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    def __init__(self, rows: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ...) -> None: ...

class DeleteStep(_message.Message):
    __slots__ = ("rows",)
    ROWS_FIELD_NUMBER: _ClassVar[int]
    rows: _expression_pb2.Expression
    def __init__(self, rows: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class RepointStep(_message.Message):
    __slots__ = ("row", "to")
    ROW_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    row: _expression_pb2.Expression
    to: _expression_pb2.Expression
    def __init__(self, row: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., to: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class RequireStep(_message.Message):
    __slots__ = ("condition", "message")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    condition: _expression_pb2.Expression
    message: str
    def __init__(self, condition: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., message: _Optional[str] = ...) -> None: ...

class NotifyStep(_message.Message):
    __slots__ = ("users", "kind", "link")
    USERS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    users: _expression_pb2.Expression
    kind: str
    link: _expression_pb2.Expression
    def __init__(self, users: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., kind: _Optional[str] = ..., link: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ...) -> None: ...

class MailStep(_message.Message):
    __slots__ = ("mail", "to", "attach")
    MAIL_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    WITH_FIELD_NUMBER: _ClassVar[int]
    ATTACH_FIELD_NUMBER: _ClassVar[int]
    mail: str
    to: _expression_pb2.Expression
    attach: _expression_pb2.Expression
    def __init__(self, mail: _Optional[str] = ..., to: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., attach: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., **kwargs) -> None: ...

class CallStep(_message.Message):
    __slots__ = ("module", "function")
    MODULE_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    WITH_FIELD_NUMBER: _ClassVar[int]
    module: str
    function: str
    def __init__(self, module: _Optional[str] = ..., function: _Optional[str] = ..., **kwargs) -> None: ...

class Subscription(_message.Message):
    __slots__ = ("id", "feature", "events", "selector", "model_id", "within_transaction", "steps")
    ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    SELECTOR_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    IF_FIELD_NUMBER: _ClassVar[int]
    WITHIN_TRANSACTION_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    id: str
    feature: str
    events: _containers.RepeatedScalarFieldContainer[str]
    selector: bool
    model_id: str
    within_transaction: bool
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, id: _Optional[str] = ..., feature: _Optional[str] = ..., events: _Optional[_Iterable[str]] = ..., selector: _Optional[bool] = ..., model_id: _Optional[str] = ..., within_transaction: _Optional[bool] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., **kwargs) -> None: ...

class Clock(_message.Message):
    __slots__ = ("id", "feature", "model_id", "interval", "where", "steps")
    ID_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    id: str
    feature: str
    model_id: str
    interval: _duration_pb2.Duration
    where: _expression_pb2.Expression
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, id: _Optional[str] = ..., feature: _Optional[str] = ..., model_id: _Optional[str] = ..., interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., where: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class Gate(_message.Message):
    __slots__ = ("id", "name", "feature", "unless", "allow", "status", "code", "page")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    UNLESS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    feature: str
    unless: _expression_pb2.Expression
    allow: _containers.RepeatedScalarFieldContainer[str]
    status: int
    code: str
    page: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., feature: _Optional[str] = ..., unless: _Optional[_Union[_expression_pb2.Expression, _Mapping]] = ..., allow: _Optional[_Iterable[str]] = ..., status: _Optional[int] = ..., code: _Optional[str] = ..., page: _Optional[str] = ...) -> None: ...
