"""The handler behind gRPC, and what it gives for other requests than the blueprint's."""

import json

import grpc
import pytest

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1 import request_response_pb2 as h
from stackwright.handler.v1.service_pb2_grpc import HandlerServiceStub
from stackwright_kit.server import running
from stackwright_react_frontend.handler import ReactFrontend
from stackwright_react_frontend.service import service


async def nothing(message: str, done: int, total: int) -> None:
    """Takes no note of progress."""


async def generate(
    handler: ReactFrontend, contract: Contract, **technology: object
) -> tuple[dict[str, str], h.HandlerResult]:
    wanted = h.Technology(name="react", **technology)  # type: ignore[arg-type]  # as the test says
    project = await handler.generate(h.GenerateRequest(request_id="r", contract=contract, technology=wanted), nothing)
    return {file.path: file.content.decode() for file in project.files}, project.result


async def test_over_grpc(sample: Contract) -> None:
    async with running(service()) as server, grpc.aio.insecure_channel(server.address) as channel:
        stub = HandlerServiceStub(channel)
        described = await stub.Describe(h.DescribeRequest())
        assert described.handler.name == "react_frontend"
        assert described.handler.blueprint_digest
        request = h.GenerateRequest(request_id="r", contract=sample, technology=h.Technology(name="react"))
        answers = [answer async for answer in stub.Generate(request)]
        paths = [answer.chunk.file.path for answer in answers if answer.chunk.HasField("file")]
        assert "frontend/src/features/domain/sample/SampleListPage.tsx" in paths
        assert paths == sorted(paths)
        assert answers[-1].result.success
        assert answers[-1].result.files == len(paths)


async def test_javascript_holds_no_trace_of_types(handler: ReactFrontend, sample: Contract) -> None:
    files, _ = await generate(handler, sample, language="javascript")
    assert not [path for path in files if path.endswith((".ts", ".tsx", "tsconfig.json"))]
    assert not [path for path, text in files.items() if not text.strip()]
    assert not [path for path, text in files.items() if '.ts"' in text or '.tsx"' in text]
    package = json.loads(files["frontend/package.json"])
    assert "typescript" not in package["devDependencies"]
    assert "tsc" not in package["scripts"]["build"]
    lock = json.loads(files["frontend/package-lock.json"])
    assert "node_modules/react" in lock["packages"]
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    assert "node_modules/typescript" not in lock["packages"]
    assert "resolved" not in files["frontend/package-lock.json"]


async def test_language_follows_the_back_end(handler: ReactFrontend, sample: Contract) -> None:
    stack = h.Stack(backend=h.Technology(name="node.js", language="JavaScript"))
    request = h.GenerateRequest(request_id="r", contract=sample, technology=h.Technology(name="react"), stack=stack)
    project = await handler.generate(request, nothing)
    assert "frontend/src/main.jsx" in {file.path for file in project.files}


async def test_libraries(handler: ReactFrontend, sample: Contract) -> None:
    _, result = await generate(handler, sample, libraries=["Redux", "Material-UI", "Bootstrap", "Formik"])
    assert [(warning.code, warning.subject) for warning in result.warnings] == [
        ("library_unsupported", "Bootstrap"),
        ("library_unsupported", "Formik"),
    ]
    assert "Material UI is used instead" in result.warnings[0].message


async def test_every_feature_is_whole(handler: ReactFrontend, sample: Contract) -> None:
    _, result = await generate(handler, sample)
    assert {feature.rung for feature in result.features} == {h.RUNG_FULL_FEATURE_IMPLEMENTATION}
    assert {command.name for command in result.commands} >= {"install", "dev", "build", "test", "lint"}
    assert "UserListPage" in result.components


async def test_what_is_not_made_is_said(handler: ReactFrontend, sample: Contract) -> None:
    page = next(page for page in sample.pages if page.names.component == "HealthPage")
    page.native.operation = "UnknownPage"
    _, result = await generate(handler, sample)
    feature = next(feature for feature in result.features if feature.key == "health_monitoring")
    assert feature.rung == h.RUNG_SIMPLIFIED_IMPLEMENTATION
    assert "observe.UnknownPage" in feature.note


async def test_the_stream_of_events_comes_with_live_models_alone(handler: ReactFrontend, sample: Contract) -> None:
    for model in sample.models:
        model.ClearField("live")
        model.live_readers = False
    for operation in sample.operations:
        operation.transient = False
    files, _ = await generate(handler, sample)
    assert not [path for path in files if "/live/" in path]
    assert '"ws"' not in files["frontend/package.json"]
    assert "live" not in files["frontend/src/features/index.ts"]
    sample.models[0].live_readers = True
    files, _ = await generate(handler, sample)
    assert "frontend/src/shared/live/channel.ts" in files
    assert '"ws"' in files["frontend/package.json"]
    assert "live," in files["frontend/src/features/index.ts"]


def _input(name: str, kind: int, **more: object) -> m.Field:
    names = {"json": name, "label": name.title(), "property": name}
    members = more.pop("members", [])
    return m.Field(id=name, name=name, names=names, type={"kind": kind, "members": members}, **more)  # type: ignore[arg-type]  # as the test says


async def test_an_action_with_input_gets_a_dialog(handler: ReactFrontend, sample: Contract) -> None:
    action = next(operation for operation in sample.operations if operation.names.function == "deactivateUser")
    action.inputs.extend([
        _input("reason", m.FIELD_KIND_STRING),
        _input("how", m.FIELD_KIND_ENUM, members=["softly", "at_once"], optional=True),
        _input("details", m.FIELD_KIND_OBJECT, optional=True),
        _input("proof", m.FIELD_KIND_FILE, optional=True),
        _input("content", m.FIELD_KIND_FILE, optional=True),
    ])  # fmt: skip
    files, result = await generate(handler, sample)
    dialog = files["frontend/src/features/user_management/user/DeactivateUserDialog.tsx"]
    assert '<TextInput form={form} name="reason" label="Reason" required />' in dialog
    assert 'at_once: "At once"' in dialog
    assert "details: [json()]" in dialog
    assert '<FileInput form={form} name="proof" label="Proof" />' in dialog
    assert "content" not in dialog, "a whole file is no value of a form"
    assert "dialog: DeactivateUserDialog" in files["frontend/src/features/user_management/user/actions.ts"]
    assert "no dialog asks for its input content (file)" in " ".join(warning.message for warning in result.warnings)


async def test_names_are_escaped_where_they_stand(handler: ReactFrontend, sample: Contract) -> None:
    sample.project.name = 'A "quoted" </title><script> `${name}`'
    model = next(model for model in sample.models if model.name == "Sample")
    inputs = [field for operation in sample.operations if operation.model_id == model.id for field in operation.inputs]
    for field in [*model.fields, *inputs]:
        field.names.label = 'A "label" & {more}'
    files, _ = await generate(handler, sample)
    assert "<script> `" not in files["frontend/index.html"]
    assert "&lt;/title&gt;" in files["frontend/index.html"]
    assert "APP_NAME =" in files["frontend/src/shared/appName.ts"]
    page = files["frontend/src/features/domain/sample/SampleDetailPage.tsx"]
    assert """label: 'A "label" & {more}', render""" in page
    form = files["frontend/src/features/domain/sample/SampleForm.tsx"]
    assert """label={'A "label" & {more}'}""" in form


@pytest.mark.parametrize("dropped", ["audit_logging", "health_monitoring", "api_documentation"])
async def test_a_feature_that_is_off_leaves_no_file(handler: ReactFrontend, sample: Contract, dropped: str) -> None:
    reduced = Contract()
    reduced.CopyFrom(sample)
    for part in ("features", "models", "operations", "pages"):
        elements = getattr(reduced, part)
        names = [(getattr(element, "key", ""), getattr(element, "feature", "")) for element in elements]
        kept = [element for element, owned in zip(elements, names, strict=True) if dropped not in owned]
        del elements[:]
        elements.extend(kept)
    files, _ = await generate(handler, reduced)
    assert not [path for path in files if f"/{dropped}/" in path]
    assert dropped not in files["frontend/src/features/index.ts"]
