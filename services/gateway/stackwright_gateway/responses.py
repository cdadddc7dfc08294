"""A run as the pipeline expects it: plain members, no protobuf spelling."""

from collections.abc import Sequence

from google.protobuf import json_format

from stackwright.code.v1.measurement_pb2 import ProofLevel
from stackwright.events.v1 import events_pb2
from stackwright.generation.v1.request_response_pb2 import Phase, Run, RunEvent, RunState, ServiceInfo
from stackwright.handler.v1.request_response_pb2 import HandlerRole
from stackwright.registry.v1.request_response_pb2 import FeatureSummary
from stackwright_gateway.answers import ApiError, Detail
from stackwright_gateway.body import Json

BASE = "/api/v1"

# Reasons of a failed run that are the request's doing, with their status and field.
CLIENT_FAILURES: dict[str, tuple[int, str]] = {
    "output_not_empty": (409, "options.output_path"),
    "output_outside_root": (400, "options.output_path"),
    "contract_invalid": (422, "requirements"),
}


def finished(run: Run, unused: Sequence[str]) -> dict[str, Json]:
    """Give the synchronous answer of DESIGN §8 for a finished run, or raise ApiError for one that delivered nothing."""
    if run.state == RunState.RUN_STATE_CANCELLED:
        raise ApiError(409, "cancelled", f"Run {run.run_id} was cancelled.")
    if run.state == RunState.RUN_STATE_FAILED and not run.HasField("result"):
        status, field = CLIENT_FAILURES.get(run.failure.reason, (500, ""))
        details = [Detail(field, run.failure.message)] if field else []
        raise ApiError(status, run.failure.reason or "internal", run.failure.message or "The run failed.", details)
    result = run.result
    answer: dict[str, Json] = {
        "success": result.success,
        "project_name": run.spec.project_name,
        "features_implemented": list(result.features_implemented),
        "output_path": result.output_path,
        "files_written": result.files_written,
        "quality_score": round(result.report.overall, 1),
        "contracts_established": json_format.MessageToDict(result.contracts_established),
        "documentation_updated": list(result.documentation_updated),
        "premium_features": list(result.premium_features),
        "features_not_implemented": [
            {"name": item.name, "reason": item.reason, "nearest": item.nearest or None}
            for item in result.features_not_implemented
        ],
        "proof": level(result.report.proof),
        "quality_potential": round(result.report.potential, 1),
        "warnings": [
            *(item.message for item in result.warnings),
            *(f"{path} is not used by any part of Stackwright." for path in unused),
        ],
    }
    if result.HasField("fallback"):
        answer |= {
            "fallback_applied": True,
            "fallback_level": result.fallback.level,
            "completed_components": list(result.fallback.completed_components),
            "requires_human_completion": list(result.fallback.requires_human_completion),
            "documentation_path": result.fallback.documentation_path,
            "recovery_instructions": list(result.fallback.recovery_instructions),
        }
    return answer | {
        "run_id": run.run_id,
        "artifact_url": f"{BASE}/runs/{run.run_id}/artifact",
        "done": True,
    }


def accepted(run: Run) -> dict[str, Json]:
    """Give the answer of a run that goes on: 202."""
    return {
        "success": True,
        "done": False,
        "run_id": run.run_id,
        "project_name": run.spec.project_name,
        "status_url": f"{BASE}/runs/{run.run_id}",
    }


def status(run: Run) -> dict[str, Json]:
    """Give the state of a run; once it is done, the members of the synchronous answer too."""
    done = is_done(run)
    answer: dict[str, Json] = {
        "run_id": run.run_id,
        "state": RunState.Name(run.state).removeprefix("RUN_STATE_").lower(),
        "phase": Phase.Name(run.phase).removeprefix("PHASE_").lower(),
        "done": done,
        "created_at": run.created_at.ToJsonString(),
        "updated_at": run.updated_at.ToJsonString(),
        "events_url": f"{BASE}/runs/{run.run_id}/events",
    }
    if not done:
        return answer
    try:
        return answer | finished(run, [])
    except ApiError as error:
        failure: dict[str, Json] = {"code": error.code, "status": error.status, "message": error.message}
        return answer | {"success": False, "error": failure}


def summary(run: Run) -> dict[str, Json]:
    """Give one line of the list of runs."""
    return {
        "run_id": run.run_id,
        "slug": run.slug,
        "state": RunState.Name(run.state).removeprefix("RUN_STATE_").lower(),
        "created_at": run.created_at.ToJsonString(),
        "status_url": f"{BASE}/runs/{run.run_id}",
    }


def is_done(run: Run) -> bool:
    """Tell whether a run has ended, however it ended."""
    return run.state in {RunState.RUN_STATE_SUCCEEDED, RunState.RUN_STATE_FAILED, RunState.RUN_STATE_CANCELLED}


def event(item: RunEvent) -> tuple[str, dict[str, Json]]:
    """Give an event's name (`run_completed`) and its members."""
    name = item.event.type_url.rsplit(".", 1)[-1]
    message = getattr(events_pb2, name)()
    item.event.Unpack(message)
    members: dict[str, Json] = json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")
    return snake, {"sequence": int(item.sequence), "event": snake, **members}


def feature(item: FeatureSummary) -> dict[str, Json]:
    """Give one feature of the catalogue."""
    return {
        "name": item.key,
        "title": item.title,
        "area": item.area,
        "aliases": list(item.aliases),
        "needs": list(item.needs),
        "shows": list(item.shows),
        "available": item.built,
    }


def service(item: ServiceInfo) -> dict[str, Json]:
    """Give one announced handler."""
    handler = item.handler
    return {
        "name": handler.name,
        "version": handler.version,
        "role": HandlerRole.Name(handler.role).removeprefix("HANDLER_ROLE_").lower(),
        "technologies": list(handler.technologies),
        "languages": list(handler.languages),
        "libraries": list(handler.libraries),
        "features": [feature.key for feature in handler.features],
        "address": item.address,
    }


def level(proof: int) -> str:
    """Give a proof level in the words of the request."""
    return ProofLevel.Name(ProofLevel.ValueType(proof)).removeprefix("PROOF_LEVEL_").lower()
