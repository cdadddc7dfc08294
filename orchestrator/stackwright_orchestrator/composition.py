"""Files that join the layers: compose file, environment, pipeline. Built as structures, and printed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_COMPOSED, LAYER_PROJECT, SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright_orchestrator.yaml_text import yaml_text

Structure = Mapping[str, object]
_KEYS = (
    "# Keys of the encrypted columns: name:key, the key being the output of: openssl rand -base64 32",
    "# The first seals; further ones, after a comma, open what they sealed before.",
    "ENCRYPTION_KEYS=",
)
_ACTION_CHECKOUT, _ACTION_NODE = "actions/checkout@v5", "actions/setup-node@v6"


def project_file(path: str, text: str) -> SourceFile:
    """A composed file of the project itself."""
    return SourceFile(path=path, content=text.encode(), origin=FILE_ORIGIN_COMPOSED, layer=LAYER_PROJECT)


def _yaml(comment: str, structure: Structure) -> str:
    return f"# {comment}\n{yaml_text(structure)}"


def _has(files: Iterable[SourceFile], path: str) -> bool:
    return any(file.path == path for file in files)


def has_encrypted(contract: Contract) -> bool:
    """Whether any column is encrypted, so that the application needs keys."""
    return any(field.encrypted for model in contract.models for field in model.fields)


def compose_file(contract: Contract, stack: handler.Stack, files: Sequence[SourceFile]) -> SourceFile:
    """`docker-compose.yml`: the database, a cache if one was asked for, and each half that has an image."""
    services: dict[str, Structure] = {}
    database = contract.project.database or "app"
    redis = "redis" in {name.lower() for name in stack.database.secondary}
    if stack.database.name.lower() in {"postgresql", "postgres"}:
        services["postgres"] = {
            "image": "postgres:18-alpine",
            "restart": "unless-stopped",
            "environment": {
                "POSTGRES_USER": "app",
                "POSTGRES_PASSWORD": "${POSTGRES_PASSWORD:?set it in .env}",
                "POSTGRES_DB": database,
            },
            "ports": ["127.0.0.1:${POSTGRES_PORT:-5432}:5432"],
            "volumes": ["postgres-data:/var/lib/postgresql"],
            "healthcheck": {
                "test": ["CMD-SHELL", f"pg_isready -U app -d {database}"],
                "interval": "5s",
                "timeout": "3s",
                "retries": 20,
            },
        }
    if redis:
        services["redis"] = {
            "image": "redis:8-alpine",
            "restart": "unless-stopped",
            "ports": ["127.0.0.1:${REDIS_PORT:-6379}:6379"],
            "healthcheck": {"test": ["CMD", "redis-cli", "ping"], "interval": "5s", "timeout": "3s", "retries": 20},
        }
    needed = {name: {"condition": "service_healthy"} for name in services}
    if _has(files, "backend/Dockerfile"):
        services["backend"] = _backend(database, redis=redis, encrypted=has_encrypted(contract), needed=needed)
    if _has(files, "frontend/Dockerfile"):
        services["frontend"] = {
            "build": "./frontend",
            "restart": "unless-stopped",
            "environment": {"BACKEND_URL": "http://backend:3000"},
            "ports": ["127.0.0.1:${FRONTEND_PORT:-8080}:8080"],
            **({"depends_on": ["backend"]} if "backend" in services else {}),
        }
    structure: dict[str, object] = {"name": contract.project.slug or "app", "services": services}
    if "postgres" in services:
        structure["volumes"] = {"postgres-data": {}}
    return project_file(
        "docker-compose.yml", _yaml("Copy .env.example to .env first: secrets have no default.", structure)
    )


def _backend(database: str, *, redis: bool, encrypted: bool, needed: Structure) -> Structure:
    environment = {
        "NODE_ENV": "production",
        "HOST": "0.0.0.0",  # noqa: S104 -- inside its container
        "PORT": "3000",
        "DATABASE_URL": f"postgres://app:${{POSTGRES_PASSWORD}}@postgres:5432/{database}",
        "JWT_SECRET": "${JWT_SECRET:?set it in .env}",
        "CORS_ORIGINS": "${CORS_ORIGINS:-http://localhost:8080}",
        "TRUST_PROXY": "1",
    }
    if encrypted:
        environment["ENCRYPTION_KEYS"] = "${ENCRYPTION_KEYS:?set it in .env}"
    if redis:
        environment["REDIS_URL"] = "redis://redis:6379"
    return {
        "build": {"context": "./backend", "additional_contexts": {"database": "./database"}},
        "restart": "unless-stopped",
        "environment": environment,
        "volumes": ["./database:/database:ro"],
        "ports": ["127.0.0.1:${BACKEND_PORT:-3000}:3000"],
        "depends_on": needed,
    }


def environment_file(contract: Contract, stack: handler.Stack) -> SourceFile:
    """`.env.example`: what docker compose needs, each line with its meaning."""
    lines = [
        "# Copy to .env and fill in. Secrets have no default.",
        "# Password of the database user `app`. Letters and digits: it stands in an address.",
        "POSTGRES_PASSWORD=",
        "# At least 32 characters, for example the output of: openssl rand -hex 32",
        "JWT_SECRET=",
        *(_KEYS if has_encrypted(contract) else ()),
        "# Pages of these origins may call the API; by comma.",
        "CORS_ORIGINS=http://localhost:8080",
        "# Ports on this machine.",
        "POSTGRES_PORT=5432",
        "BACKEND_PORT=3000",
        "FRONTEND_PORT=8080",
    ]
    if "redis" in {name.lower() for name in stack.database.secondary}:
        lines.append("REDIS_PORT=6379")
    return project_file(".env.example", "\n".join(lines) + "\n")


def pipeline_file(commands: Sequence[handler.Command]) -> SourceFile:
    """`.github/workflows/ci.yml`: for each half, the commands that its handler names, on every push."""
    folders = list(dict.fromkeys(command.directory for command in commands))
    jobs: dict[str, Structure] = {}
    for folder in folders:
        told = {command.name: command for command in commands if command.directory == folder}
        wanted = [told[name] for name in ("install", "lint", "build", "test") if name in told]
        if wanted:
            jobs[folder.replace("/", "-") or "project"] = {
                "runs-on": "ubuntu-latest",
                "defaults": {"run": {"working-directory": folder or "."}},
                "steps": [
                    {"uses": _ACTION_CHECKOUT},
                    {"uses": _ACTION_NODE, "with": {"node-version": 24}},
                    *({"name": command.name, "run": " ".join(command.argv)} for command in wanted),
                ],
            }
    structure = {
        "name": "ci",
        "on": {"push": {"branches": ["main"]}, "pull_request": {}},
        "permissions": {"contents": "read"},
        "jobs": jobs or {"nothing": {"runs-on": "ubuntu-latest", "steps": [{"uses": _ACTION_CHECKOUT}]}},
    }
    return project_file(".github/workflows/ci.yml", _yaml("The same commands as in the README.", structure))


def composed_files(
    contract: Contract, stack: handler.Stack, files: Sequence[SourceFile], commands: Sequence[handler.Command]
) -> list[SourceFile]:
    """All files that join the layers."""
    return [compose_file(contract, stack, files), environment_file(contract, stack), pipeline_file(commands)]
