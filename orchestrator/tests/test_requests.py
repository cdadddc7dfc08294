"""Requests before a run is made of them: what is refused and in which words, plans, and which handlers are taken."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from orchestrator_support import a_spec, changed, refused, suite  # type: ignore[import-not-found]  # on sys.path
from orchestrator_toys import ToyHandler, ToyRegistry, serving_toys, toy_handlers  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1 import measurement_pb2
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.errors import FailedPreconditionError, InvalidArgumentError, UnavailableError

NONE = measurement_pb2.PROOF_LEVEL_NONE


@pytest.mark.parametrize(
    ("spec", "field", "said"),
    [
        (changed(stack__backend__name="django"), "spec.stack.backend.name", "must be one of: node.js (got 'django')"),
        (changed(stack__backend__name=""), "spec.stack.backend.name", "it is missing"),
        (changed(stack__frontend__language="elm"), "spec.stack.frontend.language", "javascript, typescript"),
        (changed(options__output_path="../x"), "spec.options.output_path", "inside the output folder"),
        (changed(options__callback_url="http://127.0.0.1/x"), "spec.options.callback_url", "private"),
        (changed(options__callback_url="ftp://x"), "spec.options.callback_url", "http"),
        (changed(project_name=""), "spec.project_name", "at least 1"),
        (changed(project_name="a\x00b"), "spec.project_name", "control characters"),
        (changed(project_name="x" * 300), "spec.project_name", "200"),
        (changed(options__quality_target=11), "spec.options.quality_target", "10"),
    ],
)
async def test_bad_input_names_the_field_and_writes_nothing(
    tmp_path: Path, spec: generation.GenerationSpec, field: str, said: str
) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        error = await refused(of.start(spec))
        assert type(error) is InvalidArgumentError
        assert [(v.field, said in v.description) for v in error.violations] == [(field, True)], error.violations
        assert not (await of.stub.ListRuns(generation.ListRunsRequest())).runs
        assert list(tmp_path.iterdir()) == []


async def test_what_the_registry_refuses_is_named_below_spec(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        spec = a_spec(proof=NONE)
        spec.domain.entities["Broken"] = {}
        error = await refused(of.start(spec))
        assert [violation.field for violation in error.violations] == ["spec.domain.entities.Broken"]
        strict = a_spec("authentication", "teleport", proof=NONE)
        strict.options.strict = True
        error = await refused(of.start(strict))
        assert (error.reason, error.violations[0].field) == ("FEATURE_UNKNOWN", "spec.requirements[1].name")
        empty = a_spec(proof=NONE)
        for requirement in empty.requirements:
            requirement.enabled = False
        assert (await refused(of.start(empty))).violations[0].field == "spec.requirements"


async def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "keep").write_text("me")
        error = await refused(of.start(changed(options__output_path="mine")))
        assert (error.reason, error.violations[0].field) == ("OUTPUT_NOT_EMPTY", "spec.options.output_path")
        run = await of.finished((await of.start(changed(options__output_path="theirs/app"))).run_id)
        assert run.result.output_path == str(tmp_path / "theirs" / "app")


async def test_a_feature_of_data_alone_needs_nothing_of_a_handler(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        spec = a_spec("authentication", "comments", "file_upload", "real_time_chat")
        plan = await of.stub.PlanGeneration(generation.PlanGenerationRequest(spec=spec))
        # One has a native part that these handlers lack; of the other not every line is proven.
        assert list(plan.not_implemented) == ["file_upload", "real_time_chat"]


async def test_a_plan_tells_before_anything_is_made(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        spec = a_spec("authentication", "real_time_chat", "teleport")
        spec.domain.entities["Invoice"] = {}
        plan = await of.stub.PlanGeneration(generation.PlanGenerationRequest(spec=spec))
        assert [feature.key for feature in plan.features] == ["authentication", "real_time_chat"]
        assert [unknown.name for unknown in plan.unknown] == ["teleport"]
        assert list(plan.not_implemented) == ["real_time_chat"]
        assert ("GET", "/api/invoices", "domain", "invoice.read") in [
            (line.method, line.path, line.feature, line.permission) for line in plan.endpoints
        ]
        assert ("invoices", 1) in [(table.name, table.columns) for table in plan.tables]
        assert {pin.role: pin.name for pin in plan.handlers} == {
            "backend": "toy_backend", "database": "toy_database", "frontend": "toy_frontend",
        }  # fmt: skip
        assert plan.estimated_seconds > 0
        assert list(tmp_path.iterdir()) == []
        assert not (await of.stub.ListRuns(generation.ListRunsRequest())).runs


async def test_a_new_handler_is_used_by_the_next_run(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry(), *toy_handlers()) as of:
        vue = ToyHandler("frontend", "vue", digest="vue")
        vue_spec = changed(stack__frontend__name="Vue")
        assert "must be one of: react" in (await refused(of.start(vue_spec))).message
        async with serving_toys(of.server, vue):
            await asyncio.sleep(0.3)
            run = await of.finished((await of.start(vue_spec)).run_id)
            assert run.state == generation.RUN_STATE_SUCCEEDED
            assert vue.calls == 1
            services = (await of.stub.ListServices(generation.ListServicesRequest())).services
            assert sum(service.handler.role == vue.description.role for service in services) == 2


async def test_halves_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    old = ToyHandler("backend", "node.js", conventions=1)
    new = ToyHandler("backend", "node.js", version="2.0.0", conventions=2)
    _, database, frontend = toy_handlers()
    async with suite(tmp_path, ToyRegistry(), new, database, frontend) as of:
        error = await refused(of.start(a_spec(proof=NONE)))
        assert (type(error), error.reason) == (FailedPreconditionError, "HANDLERS_INCOMPATIBLE")
        async with serving_toys(of.server, old):
            await asyncio.sleep(0.3)
            run = await of.finished((await of.start(a_spec(proof=NONE))).run_id)
            pinned = {pin.role: pin.version for pin in run.pinned}
            assert pinned == {"backend": "1.0.0", "database": "1.0.0", "frontend": "1.0.0"}, (
                "not the newest, but one that fits"
            )


async def test_no_handler_at_all_is_unavailable(tmp_path: Path) -> None:
    async with suite(tmp_path, ToyRegistry()) as of:
        error = await refused(of.stub.PlanGeneration(generation.PlanGenerationRequest(spec=a_spec(proof=NONE))))
        assert (type(error), error.reason) == (UnavailableError, "HANDLER_ABSENT")
        assert error.retry_after
