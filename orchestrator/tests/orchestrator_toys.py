"""Toy services for the tests of the orchestrator: a registry, handlers and validators that answer at once.

`python orchestrator_toys.py` serves the one that TOY names (or `all`) until it is ended; TOY_PAUSE is in seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

import grpc
from google.protobuf.message import Message
from typing_extensions import override

from stackwright.code.v1 import file_pb2, finding_pb2, measurement_pb2
from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright.handler.v1 import service_pb2_grpc as handler_grpc
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1 import service_pb2_grpc as registry_grpc
from stackwright.validator.v1 import request_response_pb2 as validator
from stackwright.validator.v1 import service_pb2_grpc as validator_grpc
from stackwright_kit.bus import EmbeddedNats
from stackwright_kit.errors import InternalError, invalid_field
from stackwright_kit.files import FileJoiner, to_chunks
from stackwright_kit.server import Service, running
from stackwright_kit.settings import Settings
from stackwright_kit.testing import test_settings

Context: TypeAlias = "grpc.aio.ServicerContext[Message, Message]"
KNOWN = ("authentication", "user_management", "real_time_chat", "file_upload", "comments")
UNBUILT = ("real_time_chat",)
DATA_ALONE = ("comments",)
CODED = ("authentication", "user_management")
"""Features with native parts that the toy handlers have code for."""


def contract_of(request: registry.DraftContractRequest) -> contract_pb2.Contract:
    names = ["User", "Session"] if request.features else []
    names += sorted(request.domain.entities.fields)
    names += ["Sample"] if request.with_probe else []
    contract = contract_pb2.Contract(language=1, contract_id="toy", conventions={"version": 1, "base_path": "/api"})
    contract.project.name = request.project_name
    contract.project.slug, contract.project.database = "toy-app", "toy_app"
    for key in request.features:
        feature = contract.features.add(
            key=key, title=key.replace("_", " ").title(), requested=key in request.requested
        )
        feature.shows.add(line=1, text=f"{key} can be seen")
    for name in names:
        owner = request.features[0] if request.features and name in {"User", "Session"} else "domain"
        model = contract.models.add(id=f"{owner}/{name}", name=name, feature=owner, kind=model_pb2.MODEL_KIND_RESOURCE)
        model.names.table, model.names.label = f"{name.lower()}s", name
        text = model.fields.add(id=f"{owner}/{name}/title", name="title")
        text.names.column, text.type.kind, text.type.max_length = "title", model_pb2.FIELD_KIND_STRING, 200
        operation = contract.operations.add(id=f"{owner}/{name}.list", name="list", feature=owner, model_id=model.id)
        operation.method, operation.path = operation_pb2.HTTP_METHOD_GET, f"/api/{name.lower()}s"
        operation.names.operation_id, operation.permission = f"list{name}s", f"{name.lower()}.read"
    contract.revision = hashlib.sha256(contract.SerializeToString(deterministic=True)).hexdigest()
    return contract


class ToyRegistry(registry_grpc.RegistryServiceServicer):
    @override
    async def ResolveFeatures(
        self, request: registry.ResolveFeaturesRequest, context: Context
    ) -> registry.ResolveFeaturesResponse:
        response = registry.ResolveFeaturesResponse()
        for requirement in request.requirements:
            if requirement.name in KNOWN:
                response.features.add(
                    key=requirement.name, requested_as=requirement.name, specified=True,
                    title=requirement.name, built=requirement.name not in UNBUILT,
                    native_modules=[] if requirement.name in DATA_ALONE else ["by_hand"],
                )  # fmt: skip
            else:
                response.unknown.add(name=requirement.name, nearest="authentication")
        return response

    @override
    async def DraftContract(
        self, request: registry.DraftContractRequest, context: Context
    ) -> registry.DraftContractResponse:
        if "Broken" in request.domain.entities.fields:
            raise invalid_field("domain.entities.Broken", "must have fields")
        return registry.DraftContractResponse(contract=contract_of(request))

    @override
    async def RegisterContract(
        self, request: registry.RegisterContractRequest, context: Context
    ) -> registry.RegisterContractResponse:
        return registry.RegisterContractResponse(contract_id="toy", revision=request.contract.revision, created=True)

    @override
    async def CheckConsistency(
        self, request: registry.CheckConsistencyRequest, context: Context
    ) -> registry.CheckConsistencyResponse:
        return registry.CheckConsistencyResponse(compared=len(request.contract.operations))

    @override
    async def ExportOpenApi(
        self, request: registry.ExportOpenApiRequest, context: Context
    ) -> registry.ExportOpenApiResponse:
        paths = {
            operation.path: {"get": {"operationId": operation.names.operation_id}}
            for operation in request.contract.operations
        }
        document = {
            "openapi": "3.1.0",
            "info": {"title": request.contract.project.name, "version": "1"},
            "paths": paths,
        }
        return registry.ExportOpenApiResponse(document=json.dumps(document).encode())

    @override
    async def ExportCompact(
        self, request: registry.ExportCompactRequest, context: Context
    ) -> registry.ExportCompactResponse:
        response = registry.ExportCompactResponse()
        for feature in request.contract.features:
            response.contracts[feature.key] = {"endpoints": [], "models": {}}
        return response

    @override
    async def GetBehaviour(
        self, request: registry.GetBehaviourRequest, context: Context
    ) -> registry.GetBehaviourResponse:
        response = registry.GetBehaviourResponse()
        response.scenarios.add(feature="authentication", name="sign in", line=1)
        response.files.add(path="identity/authentication/behaviour/test_it.py", content=b"def test_it(): ...\n")
        return response


@dataclass
class ToyHandler(handler_grpc.HandlerServiceServicer):
    role: str
    technology: str
    files: int = 20
    pause: float = 0.0
    version: str = "1.0.0"
    digest: str = "d1"
    conventions: int = 1
    fails: bool = False
    calls: int = 0

    @property
    def description(self) -> handler.HandlerDescription:
        return handler.HandlerDescription(
            name=f"toy_{self.role}", version=self.version, role=f"HANDLER_ROLE_{self.role.upper()}",
            technologies=[self.technology], languages=["javascript", "typescript"] if self.role != "database" else [],
            contract_versions=[1], conventions_version=self.conventions, blueprint_digest=self.digest,
            features=[handler.FeatureSupport(key=key, version=1) for key in CODED],
        )  # fmt: skip

    @override
    async def Generate(
        self, request: handler.GenerateRequest, context: Context
    ) -> AsyncIterator[handler.GenerateResponse]:
        self.calls += 1
        if self.fails:
            raise InternalError("the blueprint is broken", reason="BLUEPRINT_BROKEN")
        made = []
        for number in range(self.files):
            content = f"// {self.role} {number} of {request.contract.revision}\n".encode() * 10
            made.append(file_pb2.SourceFile(path=f"{self.role}/src/file{number}.ts", content=content, handler="toy"))
        made.append(file_pb2.SourceFile(path=f"{self.role}/Dockerfile", content=b"FROM scratch\n"))
        made.append(file_pb2.SourceFile(path=f"{self.role}/run.sh", content=b"#!/bin/sh\n", executable=True))
        yield handler.GenerateResponse(progress=handler.Progress(message="half", done=1, total=2))
        await asyncio.sleep(self.pause)
        for chunk in to_chunks(made):
            yield handler.GenerateResponse(chunk=chunk)
        result = handler.HandlerResult(success=True, files=len(made))
        for feature in request.contract.features:
            result.features.add(key=feature.key, rung=handler.RUNG_FULL_FEATURE_IMPLEMENTATION)
        result.commands.add(name="install", directory=self.role, argv=["npm", "install"], description="once")
        result.documents.add(key=self.role, title="Layout", markdown=f"The {self.role} lies by feature.")
        yield handler.GenerateResponse(result=result)


@dataclass
class ToyValidator(validator_grpc.ValidatorServiceServicer):
    name: str
    level: measurement_pb2.ProofLevel
    extensions: list[str] = field(default_factory=list)
    checks: tuple[str, ...] = ()
    breaks: bool = False
    pause: float = 0.0
    seen: list[tuple[validator.ValidateStart, dict[int, list[str]]]] = field(default_factory=list)

    @property
    def description(self) -> validator.ValidatorDescription:
        return validator.ValidatorDescription(
            name=self.name, version="1.0.0", from_level=self.level, extensions=self.extensions
        )

    @override
    async def Validate(
        self, request_iterator: AsyncIterator[validator.ValidateRequest], context: Context
    ) -> AsyncIterator[validator.ValidateResponse]:
        joiner, start = FileJoiner(), validator.ValidateStart()
        async for message in request_iterator:
            if message.HasField("start"):
                start = message.start
            else:
                joiner.add(message.chunk)
        trees = joiner.finish()
        self.seen.append((start, {tree: [file.path for file in files] for tree, files in trees.items()}))
        if self.breaks:
            raise InternalError("the tool is missing")
        yield validator.ValidateResponse(progress=validator.ValidateProgress(message="looking", done=0, total=1))
        await asyncio.sleep(self.pause)
        for name in self.checks:
            check = measurement_pb2.Check(name=name, state=measurement_pb2.CHECK_STATE_PASSED, seconds=0.1)
            yield validator.ValidateResponse(check=check)
        if self.name == "javascript":
            yield validator.ValidateResponse(
                finding=finding_pb2.Finding(
                    tool="oxlint",
                    rule="no-var",
                    severity=finding_pb2.SEVERITY_LOW,
                    gate=finding_pb2.GATE_MAINTAINABILITY,
                    path="backend/src/file1.ts",
                    message="use const",
                )
            )
        if self.name == "runtime":
            for path in ("screenshots/users-1440.webp", "screenshots/users-390.webp", "../outside.webp"):
                info = measurement_pb2.EvidenceInfo(
                    path=path, page="/users", width=390 if "390" in path else 1440, state="filled", bytes=4
                )
                file = measurement_pb2.EvidenceFile(info=info, media_type="image/webp", content=b"webp")
                yield validator.ValidateResponse(evidence=file)
            for feature in start.contract.features:
                yield validator.ValidateResponse(
                    show=measurement_pb2.ShowResult(
                        feature=feature.key,
                        line=1,
                        text=feature.shows[0].text,
                        state=measurement_pb2.CHECK_STATE_PASSED,
                    )
                )
        yield validator.ValidateResponse(result=validator.ValidateResult(files=sum(map(len, trees.values()))))


def toy_handlers(pause: float = 0.0, files: int = 20) -> list[ToyHandler]:
    return [
        ToyHandler("backend", "node.js", files, pause),
        ToyHandler("database", "postgresql", files, pause),
        ToyHandler("frontend", "react", files, pause),
    ]


def toy_validators() -> list[ToyValidator]:
    static, run = measurement_pb2.PROOF_LEVEL_STATIC, measurement_pb2.PROOF_LEVEL_RUN
    runtime = ("install.backend", "migrate", "boot", "tests.backend", "behaviour")
    return [
        ToyValidator("javascript", static, [".ts"], ("syntax.parse", "types.backend", "lint", "structure")),
        ToyValidator("security", static, [], ("secrets", "patterns", "routes.guarded", "hardening")),
        ToyValidator("sql", static, [".sql"], ("sql.parse", "sql.apply")),
        ToyValidator("runtime", run, [], runtime),
    ]


def service_of(toy: ToyHandler | ToyValidator | ToyRegistry) -> Service:
    if isinstance(toy, ToyRegistry):
        return Service("registry", "1.0.0", [toy])
    return Service(toy.description.name, "1.0.0", [toy], description=toy.description)


@asynccontextmanager
async def serving_toys(server: EmbeddedNats, *toys: ToyHandler | ToyValidator | ToyRegistry) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for toy in toys:
            user = {ToyRegistry: "registry", ToyHandler: "handlers", ToyValidator: "validators"}[type(toy)]
            await stack.enter_async_context(running(service_of(toy), server.settings(user, test_settings())))
        yield


async def main() -> None:
    pause = float(os.environ.get("TOY_PAUSE", "0"))
    wanted = os.environ["TOY"]
    validators = toy_validators()
    for toy in validators:
        toy.pause = pause
    files = int(os.environ.get("TOY_FILES", "20"))
    toys: dict[str, ToyHandler | ToyValidator | ToyRegistry] = {"registry": ToyRegistry()}
    toys |= {made.description.name: made for made in toy_handlers(pause, files)}
    toys |= {made.description.name: made for made in validators}
    settings = Settings()
    async with AsyncExitStack() as stack:
        for served in toys.values() if wanted == "all" else [toys[wanted]]:
            await stack.enter_async_context(running(service_of(served), settings))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
