"""What an answer says about an operation: the rules that it breaks, if any."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright_runtime_validator.proof.fuzz.cases import Case
from stackwright_runtime_validator.proof.surface import Endpoint, Surface
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.values import MISSING

SERVER_ERROR = "fuzz-server-error"
NO_ANSWER = "fuzz-no-answer"
STATUS = "fuzz-status-undocumented"
CONTENT_TYPE = "fuzz-content-type"
SCHEMA = "fuzz-body-off-schema"
ACCEPTED = "fuzz-accepts-invalid"
OPEN = "fuzz-open-operation"


@dataclass(frozen=True)
class Broken:
    """A rule that an answer breaks, and how."""

    rule: str
    message: str


def judge(surface: Surface, endpoint: Endpoint, case: Case, reply: Reply) -> Broken | None:
    """The worst rule that the answer breaks; None when it is as documented."""
    status = str(reply.status)
    if reply.status >= 500 and not (reply.status == 503 and "503" in endpoint.responses):
        return Broken(SERVER_ERROR, f"answers {reply.status}")
    if case.breaks and reply.status < 300:
        return Broken(ACCEPTED, f"answers {reply.status} to what its schema forbids")
    schemas = endpoint.responses.get(status, endpoint.responses.get("default"))
    if schemas is None:
        return Broken(STATUS, f"answers {status}, which it does not document")
    if not schemas:
        return None
    if reply.kind not in schemas:
        return Broken(CONTENT_TYPE, f"answers {reply.kind or 'no media type'}; documented is {', '.join(schemas)}")
    schema = schemas[reply.kind]
    if "json" not in reply.kind or not schema:
        return None
    if reply.body is MISSING:
        return Broken(SCHEMA, "answers what is no JSON")
    error = next(iter(surface.validator(schema).iter_errors(reply.body)), None)
    if error is None:
        return None
    return Broken(SCHEMA, f"answers {status} with `{'.'.join(map(str, error.absolute_path))}`: {error.message[:200]}")
