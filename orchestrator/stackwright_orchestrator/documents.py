"""The documents of a project, built up phase by phase: README, docs/, and the history of its generation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import jinja2

from stackwright.code.v1 import report_pb2
from stackwright.code.v1.file_pb2 import FILE_ORIGIN_DOCUMENT, LAYER_PROJECT, SourceFile
from stackwright.code.v1.measurement_pb2 import EvidenceFile, ProofLevel
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright_orchestrator import views
from stackwright_orchestrator.composition import has_encrypted
from stackwright_orchestrator.generation import Layer
from stackwright_orchestrator.seen import gallery

RESULTS_BEGIN, RESULTS_END = "<!-- results:begin -->", "<!-- results:end -->"
HISTORY = "docs/generation-history"
DOCUMENTS = ("API.md", "DATABASE.md", "DEPLOYMENT.md", "SECURITY.md")
_COMMAND_ORDER = ("install", "migrate", "seed", "dev", "start", "test", "build", "lint", "grant")


@cache
def environment() -> jinja2.Environment:
    """The templates; a name that a template misses is an error, not an empty text."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("stackwright_orchestrator", "templates"),
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        autoescape=jinja2.select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["cell"] = _cell
    return made


def _cell(text: object) -> str:
    """Text for a cell of a Markdown table: one line, bars and angle brackets made harmless."""
    plain = " ".join(str(text).split())
    return plain.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def document(path: str, text: str) -> SourceFile:
    """A document as a file of the project."""
    return SourceFile(path=path, content=text.encode(), origin=FILE_ORIGIN_DOCUMENT, layer=LAYER_PROJECT)


@dataclass(frozen=True)
class Stage:
    """One stage of the history: its name, when it ended (seconds since 1970), what went in and what came out."""

    name: str
    at: float
    inputs: Mapping[str, str]
    result: Mapping[str, str]

    @property
    def time(self) -> str:
        """Universal time, to the second."""
        return datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


@dataclass
class Facts:
    """What the documents are made of; what is not known yet stays empty."""

    spec: generation.GenerationSpec
    contract: Contract
    layers: Sequence[Layer] = ()
    report: report_pb2.QualityReport | None = None
    not_implemented: Sequence[generation.FeatureNotImplemented] = ()
    cycles: int = 0
    files: int = 0
    stages: list[Stage] = field(default_factory=list)
    fallback: generation.FallbackOutcome | None = None


class DocumentationManager:
    """Writes the documents of one project from what is known so far."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._results: dict[str, handler.HandlerResult] = {layer.role: layer.result for layer in facts.layers}

    @property
    def count(self) -> int:
        """How many documents there are: README, those of docs/, and one for each stage."""
        return 1 + len(DOCUMENTS) + len(self._facts.stages)

    def documents(self) -> list[SourceFile]:
        """README, docs/ and the history."""
        pages = [document("README.md", self._render("README.md.j2"))]
        pages += [document(f"docs/{name}", self._render(f"{name}.j2")) for name in DOCUMENTS]
        return [*pages, *self._history()]

    def _history(self) -> list[SourceFile]:
        template = environment().get_template("history.md.j2")
        return [
            document(
                f"docs/generation-history/{number:02d}-{stage.name}.md", template.render(number=number, stage=stage)
            )
            for number, stage in enumerate(self._facts.stages, 1)
        ]

    def _render(self, name: str) -> str:
        facts = self._facts
        contract, report = facts.contract, facts.report
        return (
            environment()
            .get_template(name)
            .render(
                spec=facts.spec,
                contract=contract,
                title=_cell(facts.spec.project_name),
                slug=contract.project.slug,
                technologies=views.technologies(facts.spec.stack),
                features=views.features(contract),
                own_endpoints=views.own_endpoints(contract),
                tables=views.tables(contract),
                permissions=views.permissions(contract),
                roles=[role.name for role in contract.roles],
                commands=self._commands(),
                starts=self._starts(),
                grant=self._command("grant") if contract.roles else None,
                keys={feature.key for feature in contract.features},
                results=self._results,
                section=lambda *keys: views.section(self._results, *keys),
                counts={layer.role: len(layer.files) for layer in facts.layers},
                report=report,
                proof=ProofLevel.Name(report.proof).removeprefix("PROOF_LEVEL_").lower() if report else "none",
                gates=views.gates(report) if report else [],
                states=views.STATES,
                not_implemented=facts.not_implemented,
                cycles=facts.cycles,
                files=facts.files,
                fallback=facts.fallback,
                encrypted=has_encrypted(contract),
                results_begin=RESULTS_BEGIN,
                results_end=RESULTS_END,
                conventions=contract.conventions,
            )
        )

    def _command(self, name: str) -> handler.Command | None:
        """The first command of a name, if a handler told of one."""
        found = (command for result in self._results.values() for command in result.commands if command.name == name)
        return next(found, None)

    def _starts(self) -> list[tuple[str, list[handler.Command]]]:
        """For each half that a person starts: its folder, how to install it and how to work on it."""
        wanted = ("install", "dev")
        return [
            (folder, steps)
            for folder, found in self._commands()
            if (steps := [command for command in found if command.name in wanted])
        ]

    def _commands(self) -> list[tuple[str, list[handler.Command]]]:
        """Commands by folder, in the order in which a person runs them."""
        by_folder: dict[str, list[handler.Command]] = {}
        for result in self._results.values():
            for command in result.commands:
                by_folder.setdefault(command.directory or ".", []).append(command)
        order = {name: place for place, name in enumerate(_COMMAND_ORDER)}
        return [
            (folder, sorted(found, key=lambda command: order.get(command.name, len(order))))
            for folder, found in by_folder.items()
        ]


def report_page(
    report: report_pb2.QualityReport, project_name: str, files: Sequence[EvidenceFile] = (), *, inside: bool = False
) -> str:
    """The quality report as an HTML page that needs nothing else, but for pictures that lie beside it.

    With `inside` the pictures are in the page itself.
    """
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            project_name=project_name,
            gallery=gallery(files, inside=inside),
            gates=views.gates(report),
            states=views.STATES,
            proof=ProofLevel.Name(report.proof).removeprefix("PROOF_LEVEL_").lower(),
            severities={5: "critical", 4: "high", 3: "medium", 2: "low", 1: "info"},
            finished=report.finished_at.ToJsonString(),
        )
    )


def compact_json(structure: object) -> str:
    """JSON with sorted keys and two spaces, for files that people read and compare."""
    return json.dumps(structure, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
