"""What a whole project must have, or must not: no single line shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stackwright.code.v1.finding_pb2 import SEVERITY_CRITICAL, SEVERITY_HIGH, SEVERITY_MEDIUM, Severity
from stackwright_sdk.validation import Place, Project
from stackwright_sdk.validation.source import SCRIPT_ENDINGS

_KNOWN = (
    r"(admin|administrator|password|passw0rd|secret|changeme|change-me|change_me|root|postgres|test|guest|default|letmein"
    r"|welcome|qwerty|demo|user|example|12345\d*|admin123|password123|p@ssw0rd)"
)
_COMPOSE_SECRET = re.compile(
    rf"""(?ix)^\s*-?\s*["']?\w*(password|passwd|secret|token)\w*["']?\s*[:=]\s*["']?(\$\{{\w+:?-)?{_KNOWN}"""
    r"""["'}]*\s*(\#.*)?$"""
)
_ADDRESS_SECRET = re.compile(rf"(?i)\b(postgres(ql)?|mysql|redis|mongodb|amqp)://[\w-]*:{_KNOWN}@")
# Labels and types are called `password` as well, so code must name a word that nobody uses for either.
_CODE_CREDENTIAL = re.compile(
    r"""(?i)(password|passwd|pwd)["']?\s*[:=]\s*["'`](admin\d*|root|postgres|password\d+|passw0rd|p@ssw0rd|changeme"""
    r"""|change-me|letmein|qwerty\d*|12345\d*|secret\d+)["'`]"""
)
_SEEDED_HASH = re.compile(r"""['"]\$(2[aby]|argon2\w*|scrypt)\$""")
_SECRET_VALUE = re.compile(
    r"(?im)^\s*(export\s+)?\w*(SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE_KEY)\w*\s*=\s*(?P<value>[^\s#]+)"
)
_TEST = re.compile(r"(^|/)(tests?|e2e|__tests__)/|\.(test|spec)\.\w+$")


@dataclass(frozen=True)
class Weakness:
    """Something that the project lacks or has too much of."""

    rule: str
    severity: Severity
    message: str
    principle: str
    at: Place


def weaknesses(project: Project) -> Iterator[Weakness]:
    """Find all of them."""
    yield from _environment_files(project)
    yield from _known_credentials(project)
    yield from _containers(project)
    yield from _server(project)


def _environment_files(project: Project) -> Iterator[Weakness]:
    for path in sorted(project.files):
        name = path.rpartition("/")[2]
        if not name.startswith(".env"):
            continue
        if name.endswith((".example", ".sample", ".template")):
            for match in _SECRET_VALUE.finditer(project.text(path)):
                line = project.text(path).count("\n", 0, match.start("value")) + 1
                message = "An example sets a secret, and examples are copied; leave it empty."
                yield Weakness("example-secret", SEVERITY_MEDIUM, message, "SEC-6", Place(path, line))
        else:
            message = f"{name} belongs to one installation and is committed with the code."
            yield Weakness("env-committed", SEVERITY_HIGH, message, "SEC-6", Place(path))


def _known_credentials(project: Project) -> Iterator[Weakness]:
    """Credentials that everybody knows."""
    for file in project.matching(".yml", ".yaml", ".sql", ".sh", ".env", ".toml", "Dockerfile", *SCRIPT_ENDINGS):
        if _TEST.search(file.path) or ".github/" in file.path or "node_modules/" in file.path:
            continue
        patterns = [_ADDRESS_SECRET, _CODE_CREDENTIAL]
        if file.path.endswith((".yml", ".yaml", ".env", "Dockerfile")):
            patterns.append(_COMPOSE_SECRET)
        if file.path.endswith(".sql"):
            patterns = [_SEEDED_HASH]
        for number, line in enumerate(project.text(file.path).split("\n"), 1):
            if any(pattern.search(line) for pattern in patterns):
                message = "A credential that everybody knows comes with the project."
                yield Weakness("default-credentials", SEVERITY_CRITICAL, message, "SEC-6", Place(file.path, number))


def _containers(project: Project) -> Iterator[Weakness]:
    for file in project.matching("Dockerfile", ".dockerfile"):
        lines = project.text(file.path).split("\n")
        stages = {line.split()[3].lower() for line in lines if re.match(r"(?i)FROM\s+\S+\s+AS\s+\S", line)}
        last_stage = max((n for n, line in enumerate(lines) if line.upper().startswith("FROM ")), default=0)
        users = [line.split()[1] for line in lines[last_stage:] if re.match(r"(?i)USER\s+\S", line)]
        base = lines[last_stage].lower() if lines else ""
        # These bases run as somebody else already.
        if (not users and not re.search(r"unprivileged|nonroot|distroless.*nonroot", base)) or (
            users and users[-1].split(":")[0] in ("root", "0")
        ):
            yield Weakness("container-root", SEVERITY_HIGH, "The container runs as root.", "SEC-10", Place(file.path))
        for number, line in enumerate(lines, 1):
            image = re.match(r"(?i)FROM\s+([^\s:@]+)(:latest)?(\s|$)", line)
            if image and image[1].lower() not in {*stages, "scratch"}:
                message = "The base image is whichever is newest; name its version."
                yield Weakness("image-unpinned", SEVERITY_MEDIUM, message, "SEC-10", Place(file.path, number))
    for file in project.matching("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"):
        for number, line in enumerate(project.text(file.path).split("\n"), 1):
            if re.search(r"^\s*privileged:\s*true|/var/run/docker\.sock|^\s*network_mode:\s*[\"']?host", line):
                message = "The container can reach the machine that it runs on."
                yield Weakness("container-privileged", SEVERITY_HIGH, message, "SEC-10", Place(file.path, number))


def _server(project: Project) -> Iterator[Weakness]:
    """Ask an Express server for what stands before every route."""
    sources = [
        file.path
        for file in project.matching(*SCRIPT_ENDINGS, under="backend")
        if not _TEST.search(file.path) and "node_modules/" not in file.path
    ]
    text = "\n".join(project.text(path) for path in sources)
    if not re.search(r"""from\s+['"]express['"]|require\(['"]express['"]\)""", text):
        return
    entry = next((p for p in sources if re.search(r"\bexpress\(\)", project.text(p))), sources[0])
    wanted = (
        ("no-security-headers", r"\bhelmet\(", "No security headers are set; use helmet.", SEVERITY_MEDIUM),
        (
            "no-rate-limit",
            r"\brateLimit\(|RateLimiter\w*\(|\bslowDown\(",
            "Nothing limits how often one may call.",
            SEVERITY_HIGH,
        ),
        (
            "no-body-limit",
            r"(express|bodyParser)\.json\(\s*\{[^}]*\blimit\b|\bjson\(\s*\{[^}]*\blimit\b",
            "The size of a body is not stated.",
            SEVERITY_MEDIUM,
        ),
    )
    for rule, pattern, message, severity in wanted:
        if not re.search(pattern, text):
            yield Weakness(rule, severity, message, "SEC-8", Place(entry))
