"""What is wrong with a generated application, as far as reading it and migrating its database can tell."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from selection_making import Made

from stackwright.code.v1.facts_pb2 import CallFact, Facts, RouteFact
from stackwright.handler.v1.request_response_pb2 import RUNG_FULL_FEATURE_IMPLEMENTATION, FeatureResult, Rung
from stackwright.validator.v1.request_response_pb2 import ValidatorDescription
from stackwright_javascript_validator.halves import Half, halves_of
from stackwright_javascript_validator.imports import check_imports, package_of
from stackwright_registry.consistency import check_consistency
from stackwright_sdk.node import package
from stackwright_sdk.validation import Project, Report, ValidationJob, Validator
from stackwright_sdk.validation.source import Analysis, SourceAnalyser, SourceModule
from stackwright_sdk.validation.testing import Said, validate
from stackwright_sql_validator.validator import SqlValidator

# What people and tools begin with: the page, the scripts of package.json, images.
_BEGINNINGS = ("package.json", "index.html", "Dockerfile")
_SCOPE = re.compile(r"`(@[\w-]+)/\$\{")
_QUOTED = re.compile(r"""['"`]([@\w][\w@./-]*)['"`]""")


@dataclass
class Reader(Validator):
    """Parses the scripts and follows their imports; types and style are checked elsewhere."""

    analyser: SourceAnalyser = field(default_factory=SourceAnalyser)
    analyses: list[tuple[Half, Analysis]] = field(default_factory=list)

    def describe(self) -> ValidatorDescription:
        return ValidatorDescription(name="selections")

    async def close(self) -> None:
        await self.analyser.close()

    async def validate(self, job: ValidationJob, report: Report) -> None:
        project = job.delivered
        self.analyses = [(half, await self.analyser.analyse(project, half.name)) for half in halves_of(project)]
        await check_imports(report, project, self.analyses)


class Checks:
    """The reader of scripts and a PostgreSQL, warm."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._sql = SqlValidator()

    async def close(self) -> None:
        """End both."""
        await self._reader.close()
        await self._sql.close()

    async def problems(self, made: Made) -> list[str]:
        """Everything that is wrong, in words; nothing when all is well."""
        scripts = await validate(self._reader, made.project)
        database = await validate(self._sql, made.project)
        analyses = self._reader.analyses
        return [
            *(_feature_problem(result) for result in made.features if result.rung != RUNG_FULL_FEATURE_IMPLEMENTATION),
            *_syntax_problems(made.project, analyses),
            *_said(scripts, "imports"),
            *_said(database, "sql.parse", "sql.apply"),
            *chain.from_iterable(unused_packages(made.project, half, analysis) for half, analysis in analyses),
            *chain.from_iterable(left_over(made.project, half, analysis) for half, analysis in analyses),
            *_deviations(made, [analysis for _, analysis in analyses], database.facts),
        ]


def _feature_problem(result: FeatureResult) -> str:
    return f"{result.key} is made as {Rung.Name(result.rung)} only: {result.note}"


def _said(said: Said, *checks: str) -> Iterator[str]:
    for name in checks:
        check = said.checks.get(name)
        if check is None or said.states[name] != "PASSED":
            yield f"{name}: {check.message if check else 'was not run'}"


def _syntax_problems(project: Project, analyses: Sequence[tuple[Half, Analysis]]) -> Iterator[str]:
    if sorted(half.name for half, _ in analyses) != ["backend", "frontend"]:
        yield "one half has no scripts"
    for _, analysis in analyses:
        for module in analysis.modules:
            yield from (f"{module.path}:{error.line}: {error.message}" for error in module.errors)
    for file in project.matching("package.json", "package-lock.json", "openapi.json"):
        try:
            json.loads(file.content)
        except ValueError as error:
            yield f"{file.path}: {error}"


def unused_packages(project: Project, half: Half, analysis: Analysis) -> Iterator[str]:
    """Packages of `package.json` that nothing imports, calls, names, or asks for beside it."""
    used = {package_of(edge.source) for module in analysis.modules for edge in module.imports}
    used |= _named(project, half, analysis) & half.declared()
    used |= {name for name in half.declared() if _programs(name) & _script_words(project, half)}
    # What a used package asks its user to install: emotion for MUI, the driver of PostgreSQL for Sequelize.
    used |= {peer for name in used & half.declared() for peer in _asked_for(name)}
    for name in sorted(half.declared() - used):
        if not name.startswith("@types/") or not _described(name, used):
            yield f"{half.name}/package.json has {name}, and nothing uses it"


def _named(project: Project, half: Half, analysis: Analysis) -> set[str]:
    """Texts in code and settings: some packages are loaded by name."""
    paths = [module.path for module in analysis.modules] + [f"{half.name}/tsconfig.json"]
    found = {text for path in paths for text in _QUOTED.findall(project.text(path))}
    # The package of this machine's kind: its scope stands in the code, its name is put together.
    scopes = {scope for path in paths for scope in _SCOPE.findall(project.text(path))}
    return found | {name for name in half.declared() if name.partition("/")[0] in scopes}


def _script_words(project: Project, half: Half) -> set[str]:
    scripts = _strings(json.loads(project.text(f"{half.name}/package.json")), "scripts")
    return {word for line in scripts.values() for word in line.split()}


def _asked_for(name: str) -> set[str]:
    asked, optional = (_manifest(name).get(key, {}) for key in ("peerDependencies", "peerDependenciesMeta"))
    return {*(asked if isinstance(asked, dict) else ()), *(optional if isinstance(optional, dict) else ())}


def _programs(name: str) -> set[str]:
    programs = _manifest(name).get("bin", {})
    return set(programs) if isinstance(programs, dict) else {name.rpartition("/")[2]}


@cache
def _manifest(name: str) -> Mapping[str, object]:
    found: dict[str, object] = json.loads((package(name) / "package.json").read_text())
    return found


def _strings(manifest: Mapping[str, object], key: str) -> dict[str, str]:
    found = manifest.get(key, {})
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _described(types: str, used: set[str]) -> bool:
    """Whether a package of types describes one that is used; Node itself always is."""
    name = types.removeprefix("@types/")
    return name == "node" or name in used or f"@{name.replace('__', '/')}" in used


def left_over(project: Project, half: Half, analysis: Analysis) -> Iterator[str]:
    """Scripts that nothing begins with or imports, and those of features that only tests import.

    The base under `src/shared` comes with its own tests, for whoever goes on with the application.
    """
    modules = {module.path: module for module in analysis.modules}
    beginnings = "\n".join(project.text(f"{half.name}/{name}") for name in _BEGINNINGS)
    served = _reached(modules, [path for path in modules if path.removeprefix(f"{half.name}/") in beginnings])
    tests = [path for path, module in modules.items() if module.test or _is_setting(path)]
    settings = "\n".join(project.text(path) for path in modules if _is_setting(path))
    named = [path for path in modules if path.removeprefix(f"{half.name}/") in settings]
    tried = _reached(modules, [*tests, *named])
    for path in sorted(modules.keys() - served):
        if path not in tried and "/public/" not in path:
            yield f"{path}: nothing imports it"
        elif path.startswith(f"{half.name}/src/features/") and not modules[path].test:
            yield f"{path}: only tests import it"


def _is_setting(path: str) -> bool:
    return path.count("/") == 1


def _reached(modules: Mapping[str, SourceModule], roots: Iterable[str]) -> set[str]:
    """Everything that these import, and what that imports in turn."""
    reached: set[str] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [edge.target for edge in modules[path].imports if edge.target and edge.target in modules]
    return reached


def _deviations(made: Made, analyses: Sequence[Analysis], database: Facts) -> Iterator[str]:
    """Where tables, routes or calls are not those of the contract."""
    facts = Facts(
        tables=database.tables,
        routes=[
            RouteFact(method=route.method, path=route.path, permissions=route.permissions, public=not route.guarded)
            for analysis in analyses
            for route in analysis.routes
        ],
        calls=[
            CallFact(method=call.method, path=call.path, source_path=call.source, source_line=call.line)
            for analysis in analyses
            for call in analysis.calls
        ],
    )
    for deviation in check_consistency(made.contract, facts).deviations:
        yield f"{deviation.kind} {deviation.element} is {deviation.difference}: {deviation.message}"
