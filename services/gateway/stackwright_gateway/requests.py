"""The request document of the pipeline, and its translation into a GenerationSpec."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
)

from stackwright.generation.v1.request_response_pb2 import GenerationOptions, GenerationSpec
from stackwright.handler.v1.request_response_pb2 import Stack, Technology
from stackwright.registry.v1.request_response_pb2 import Domain, Requirement
from stackwright_gateway.answers import ApiError, Detail
from stackwright_gateway.body import Json

Name = Annotated[StrictStr, Field(min_length=1, max_length=100)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Recommendation(BaseModel):
    """A technology choice may carry more than we use (a selector's scores, reasons): reported, not refused."""

    model_config = ConfigDict(extra="allow")


class RequirementDocument(BaseModel):
    """A requirement as an object."""

    model_config = ConfigDict(extra="allow")
    description: Annotated[StrictStr, Field(max_length=20_000)] = ""
    enabled: StrictBool = True


class Frontend(_Recommendation):
    """Front-end choice."""

    framework: Name
    language: Name | None = None
    libraries: list[Name] = Field(default_factory=list, max_length=50)


class Backend(_Recommendation):
    """Back-end choice."""

    framework: Name
    language: Name | None = None
    libraries: list[Name] = Field(default_factory=list, max_length=50)


class Database(_Recommendation):
    """Database choice."""

    primary: Name
    secondary: list[Name] = Field(default_factory=list, max_length=20)


class Recommendations(_Recommendation):
    """What the tech-stack selector recommends."""

    frontend: Frontend
    backend: Backend
    database: Database


class TechnologyStack(_Recommendation):
    """The selector's output."""

    technology_recommendations: Recommendations


class DomainDocument(_Document):
    """The user's own entities."""

    jdl: Annotated[StrictStr, Field(max_length=5_242_880)] = ""
    entities: dict[Name, JsonValue] = Field(default_factory=dict)
    bind: dict[Name, Name] = Field(default_factory=dict)


class OptionsDocument(_Document):
    """How to generate."""

    quality_target: Annotated[StrictFloat | StrictInt, Field(ge=0, le=10)] = 8.0
    proof: Literal["none", "static", "run", "full", "audit"] = "full"
    engine: Literal["auto", "blueprint", "claude"] = "auto"
    strict: StrictBool = False
    max_cost_usd: Annotated[StrictFloat | StrictInt, Field(ge=0, le=10_000)] = 5
    callback_url: Annotated[StrictStr, Field(max_length=2000, pattern="^https?://")] | None = None
    output_path: Annotated[StrictStr, Field(min_length=1, max_length=1000)] | None = None


class GenerationDocument(_Recommendation):
    """The whole request of `POST /api/v1/generate`."""

    project_name: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    requirements: Annotated[
        dict[Annotated[StrictStr, Field(min_length=1, max_length=200)], StrictBool | StrictStr | RequirementDocument],
        Field(max_length=500),
    ]
    technology_stack: TechnologyStack
    domain: DomainDocument = Field(default_factory=DomainDocument)
    options: OptionsDocument = Field(default_factory=OptionsDocument)


@dataclass(frozen=True)
class ParsedRequest:
    """A request that is well formed, and the paths of members that nothing uses."""

    spec: GenerationSpec
    unused: list[str]


def parse_request(body: Json) -> ParsedRequest:
    """Check a request document and translate it. Raises ApiError 400 that names every bad field at once."""
    if not isinstance(body, dict):
        message = "The body must be a JSON object with project_name, requirements and technology_stack."
        raise ApiError(400, "invalid_argument", message, [Detail("body", message)])
    try:
        document = GenerationDocument.model_validate(body)
    except ValidationError as error:
        details = list(_details(error))
        message = f"The request has {len(details)} bad field{'s' if len(details) > 1 else ''}: " + ", ".join(
            sorted({detail.field for detail in details})[:10]
        )
        raise ApiError(400, "invalid_argument", message + ".", details) from None
    return ParsedRequest(_spec(document), sorted(_unused(document, "")))


def _spec(document: GenerationDocument) -> GenerationSpec:
    chosen = document.technology_stack.technology_recommendations
    options = document.options
    # As text: the order of entities and fields is the client's, and a struct would lose it.
    entities = json.dumps(document.domain.entities, ensure_ascii=False) if document.domain.entities else ""
    return GenerationSpec(
        project_name=document.project_name,
        requirements=[_requirement(name, value) for name, value in document.requirements.items()],
        stack=Stack(
            backend=_technology(chosen.backend),
            frontend=_technology(chosen.frontend),
            database=Technology(name=chosen.database.primary, secondary=chosen.database.secondary),
        ),
        domain=Domain(jdl=document.domain.jdl, entities_json=entities, bind=document.domain.bind),
        options=GenerationOptions(
            quality_target=options.quality_target,
            proof=f"PROOF_LEVEL_{options.proof.upper()}",
            engine=f"ENGINE_{options.engine.upper()}",
            strict=options.strict,
            max_cost_usd=options.max_cost_usd,
            callback_url=options.callback_url or "",
            output_path=options.output_path or "",
        ),
    )


def _requirement(name: str, value: bool | str | RequirementDocument) -> Requirement:
    if isinstance(value, bool):
        return Requirement(name=name, enabled=value)
    if isinstance(value, str):
        # n8n sends booleans as text now and then.
        off = value.strip().lower() in {"false", "no", "off", "0", ""}
        return Requirement(name=name, enabled=not off, description=value[:20_000])
    return Requirement(name=name, enabled=value.enabled, description=value.description)


def _technology(choice: Frontend | Backend) -> Technology:
    return Technology(name=choice.framework, language=choice.language or "", libraries=choice.libraries)


def _details(error: ValidationError) -> Iterator[Detail]:
    seen: set[tuple[str, str]] = set()
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        # Branches of a union add the branch's name to the path; the client never wrote it.
        path = [str(part) for part in item["loc"] if part not in {"bool", "str", "RequirementDocument", "float", "int"}]
        key = (".".join(path), item["msg"] if path[:1] != ["requirements"] else "union")
        if key in seen:
            continue
        seen.add(key)
        reason = item["msg"]
        if path[:1] == ["requirements"] and len(path) == 2:
            reason = "Input should be true, false, a text, or an object with `description`"
        yield Detail(".".join(path), reason)


def _unused(model: BaseModel, prefix: str) -> Iterator[str]:
    for name in model.model_extra or {}:
        yield f"{prefix}{name}"
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _unused(value, f"{prefix}{name}.")
        elif isinstance(value, Mapping):
            for key, item in value.items():
                if isinstance(item, BaseModel):
                    yield from _unused(item, f"{prefix}{name}.{key}.")


# Where a field of the protos stands in the request document, for errors that the orchestrator finds.
FIELD_PATHS = {
    "spec.stack.frontend.name": "technology_stack.technology_recommendations.frontend.framework",
    "spec.stack.backend.name": "technology_stack.technology_recommendations.backend.framework",
    "spec.stack.database.name": "technology_stack.technology_recommendations.database.primary",
    "spec.stack.frontend": "technology_stack.technology_recommendations.frontend",
    "spec.stack.backend": "technology_stack.technology_recommendations.backend",
    "spec.stack.database": "technology_stack.technology_recommendations.database",
    "spec.stack": "technology_stack.technology_recommendations",
    "request_id": "Idempotency-Key",
}


def document_path(proto_path: str, spec: GenerationSpec | None = None) -> str:
    """Translate a path of proto fields to the client's: `spec.options.output_path` → `options.output_path`.

    With the `spec` that was sent, a requirement is called by its name, not by its position.
    """
    for known in sorted(FIELD_PATHS, key=len, reverse=True):
        if proto_path == known or proto_path.startswith(known + "."):
            return FIELD_PATHS[known] + proto_path[len(known) :]
    found = re.match(r"spec\.requirements\[(\d+)\]", proto_path)
    if found and spec is not None and int(found.group(1)) < len(spec.requirements):
        return f"requirements.{spec.requirements[int(found.group(1))].name}"
    return proto_path.removeprefix("spec.")
