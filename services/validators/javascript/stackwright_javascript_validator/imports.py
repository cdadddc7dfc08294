"""Imports: every package is declared and locked, every relative import meets a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stackwright.code.v1.finding_pb2 import GATE_SYNTAX, SEVERITY_HIGH
from stackwright_javascript_validator.halves import Half
from stackwright_sdk.validation import Place, Project, Report
from stackwright_sdk.validation.source import Analysis, ImportEdge, SourceModule

_BUILTINS = frozenset(
    [
        "assert",
        "async_hooks",
        "buffer",
        "child_process",
        "cluster",
        "console",
        "constants",
        "crypto",
        "dgram",
        "diagnostics_channel",
        "dns",
        "domain",
        "events",
        "fs",
        "http",
        "http2",
        "https",
        "inspector",
        "module",
        "net",
        "os",
        "path",
        "perf_hooks",
        "process",
        "punycode",
        "querystring",
        "readline",
        "repl",
        "stream",
        "string_decoder",
        "sys",
        "timers",
        "tls",
        "trace_events",
        "tty",
        "url",
        "util",
        "v8",
        "vm",
        "wasi",
        "worker_threads",
        "zlib",
    ]
)
# Vite's own, and what `paths` of tsconfig.json and `imports` of package.json stand for: TypeScript resolves these.
_NOT_PACKAGES = ("virtual:", "data:", "http:", "https:", "#", "@/", "~/", "/")


@dataclass(frozen=True)
class _Problem:
    rule: str
    message: str
    at: Place


async def check_imports(report: Report, project: Project, halves: Sequence[tuple[Half, Analysis]]) -> None:
    """Run the check `imports`."""
    async with report.check("imports", timeout_seconds=20) as run:
        problems = [problem for half, analysis in halves for problem in _problems(project, half, analysis)]
        for problem in problems:
            report.finding(
                tool="stackwright",
                rule=problem.rule,
                severity=SEVERITY_HIGH,
                gate=GATE_SYNTAX,
                message=problem.message,
                at=problem.at,
            )
        run.passed = sum(len(module.imports) for _, analysis in halves for module in analysis.modules)
        if problems:
            run.failed = len(problems)
            run.fail(f"{len(problems)} imports or packages are wrong; the first: {problems[0].message}")


def _problems(project: Project, half: Half, analysis: Analysis) -> Iterator[_Problem]:
    yield from _manifest_problems(project, half)
    lower = {path.lower(): path for path in project.files}
    for module in analysis.modules:
        for edge in module.imports:
            at = Place(module.path, edge.line, edge.column)
            if edge.source.startswith("."):
                if edge.target is None and (problem := _unresolved(module, edge, lower)):
                    yield _Problem(*problem, at)
            elif problem := _package_problem(half, module, edge):
                yield _Problem(*problem, at)


def _manifest_problems(project: Project, half: Half) -> Iterator[_Problem]:
    manifest, lock = f"{half.name}/package.json", f"{half.name}/package-lock.json"
    if manifest not in project:
        yield _Problem("manifest-missing", f"{half.name} has scripts and no package.json.", Place(f"{half.name}/"))
        return
    if half.locked is None:
        yield _Problem(
            "lock-missing", "package-lock.json is missing: an installation is not repeatable.", Place(manifest)
        )
    for name in half.lock_differs:
        yield _Problem(
            "lock-out-of-date", f"package-lock.json does not have {name} as package.json states it.", Place(lock)
        )
    for name in sorted(half.declared() - (half.locked or half.declared())):
        yield _Problem("import-unlocked", f"{name} is declared and not in package-lock.json.", Place(manifest))


def _unresolved(module: SourceModule, edge: ImportEdge, lower: dict[str, str]) -> tuple[str, str] | None:
    folder = module.path.rsplit("/", 1)[0].split("/")
    for part in edge.source.split("?")[0].split("/"):
        if part == "..":
            if not folder:
                return "import-unsafe-path", f"`{edge.source}` leads out of the project."
            folder.pop()
        elif part not in ("", "."):
            folder.append(part)
    wanted = "/".join(folder)
    for ending in ("", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".json"):
        if actual := lower.get((wanted + ending).lower()):
            return "import-case", f"`{edge.source}` differs from {actual} in case: it fails where file names have case."
    return "import-unresolved", f"`{edge.source}` meets no file."


def _package_problem(half: Half, module: SourceModule, edge: ImportEdge) -> tuple[str, str] | None:
    source = edge.source
    if source.startswith(("node:", "bun:")) or source.split("/")[0] in _BUILTINS or source.startswith(_NOT_PACKAGES):
        return None
    name = package_of(source)
    types = f"@types/{name.removeprefix('@').replace('/', '__')}"
    declared = half.declared()
    if name not in declared and not (edge.kind == "type" and types in declared):
        return "import-undeclared", f"`{name}` is imported and not declared in {half.name}/package.json."
    if half.locked is not None and name not in half.locked and types not in half.locked:
        return "import-unlocked", f"`{name}` is imported and not in {half.name}/package-lock.json."
    served = half.name == "backend" and not module.test and module.path.startswith("backend/src/")
    if served and edge.kind in ("static", "reexport", "require") and name not in half.at_run_time():
        return "import-development-only", f"`{name}` is a devDependency, so a production installation lacks it."
    return None


def package_of(source: str) -> str:
    """Give the package of an import: `@mui/material` of `@mui/material/Button`."""
    parts = source.split("/")
    return "/".join(parts[:2]) if source.startswith("@") else parts[0]
