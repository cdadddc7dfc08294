"""Composed files: manifests, built as structures, and the commands that run what was made."""

import json
from dataclasses import dataclass
from typing import cast

from stackwright.code.v1.file_pb2 import LAYER_BACKEND, SourceFile
from stackwright.handler.v1.request_response_pb2 import Command
from stackwright_kit.openapi import openapi_bytes
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.live import used_capabilities
from stackwright_sdk.handler import json_file, text_file
from stackwright_sdk.handler.compose import Json
from stackwright_sdk.handler.lockfile import LockFile, cut

FOLDER = "backend"

# Packages that only some applications need.
# Packages of capabilities, and of a store beside the database.
_OF_CAPABILITY = {
    "@fastify/busboy": "storage",
    "@types/nodemailer": "mailer",
    "@types/sanitize-html": "richtext",
    "@types/smtp-server": "mailer",
    "@types/ws": "realtime",
    "aws4fetch": "storage",
    "marked": "mailer",
    "nodemailer": "mailer",
    "redis": "redis",
    "sanitize-html": "richtext",
    "smtp-server": "mailer",
    "ws": "realtime",
}
_NEEDED_BY = {"jsonwebtoken": "authentication", "@types/jsonwebtoken": "authentication"}
# What a capability reads of the environment.
_VARIABLES = {
    "mailer": [
        "# Without a server, development writes mails to .data/mails/ and production keeps them until there is one.",
        "#SMTP_URL=smtp://user:secret@localhost:587",
        "#MAIL_FROM=Example <no-reply@example.com>",
        "# Where the pages are, for links in mails. Required in production.",
        "APP_URL=http://localhost:5173",
        "#APP_NAME=Application",
    ],
    "redis": [
        "# Shares the counts of limits; without it each instance counts for itself.",
        "#REDIS_URL=redis://localhost:6379",
    ],
    "vault": [
        "# Keys of the encrypted columns: name:key by comma, each 32 bytes in base64 (openssl rand -base64 32).",
        "# The first seals, the others open what they sealed before. Required in production.",
        "# A key that is lost takes its values with it.",
        "#ENCRYPTION_KEYS=",
    ],
    "storage": ["# Where uploaded files are kept, when they are kept on disk. Default: .data/files", "#FILES_DIR="],
}
_TYPESCRIPT_ONLY = ("typescript",)
_TYPESCRIPT_SCRIPTS = ("types",)


@dataclass(frozen=True)
class Manifest:
    """The parts of a package.json that differ from one application to the next."""

    name: str
    scripts: dict[str, str]
    dependencies: dict[str, str]
    dev: dict[str, str]
    optional: dict[str, str]
    engines: dict[str, str]


class Composer:
    """Builds manifests from those of the blueprint."""

    def __init__(self, package_json: str, package_lock: str, handler: str) -> None:
        self._package: dict[str, dict[str, str]] = json.loads(package_json)
        self._lock = cast("LockFile", json.loads(package_lock))
        self._handler = handler

    def files(self, application: Application, *, javascript: bool) -> list[SourceFile]:
        """Every composed file of the back end."""
        manifest = self._manifest(application, javascript=javascript)
        found = [
            self._json("package.json", _package(manifest)),
            self._json("package-lock.json", cast("Json", self._cut(manifest))),
            text_file(f"{FOLDER}/.env.example", _environment(application), layer=LAYER_BACKEND, handler=self._handler),
        ]
        if application.has("api_documentation"):
            path = f"{application.folder('api_documentation')}/openapi.json"
            # The same document, byte for byte, as the registry exports.
            text = openapi_bytes(application.contract).decode()
            found.append(
                text_file(
                    f"{FOLDER}/{path}", text, layer=LAYER_BACKEND, handler=self._handler, feature="api_documentation"
                )
            )
        return found

    def _json(self, path: str, value: Json, feature: str = "") -> SourceFile:
        return json_file(f"{FOLDER}/{path}", value, layer=LAYER_BACKEND, handler=self._handler, feature=feature)

    def _manifest(self, application: Application, *, javascript: bool) -> Manifest:
        present = {"", *used_capabilities(application), *application.secondary}
        if application.takes_richtext:
            present.add("richtext")

        def wanted(packages: dict[str, str]) -> dict[str, str]:
            return {
                name: version
                for name, version in packages.items()
                if (name not in _NEEDED_BY or application.has(_NEEDED_BY[name]))
                and _OF_CAPABILITY.get(name, "") in present
                and not (javascript and (name in _TYPESCRIPT_ONLY or name.startswith("@types/")))
            }

        scripts = dict(self._package["scripts"])
        if not application.has("authentication"):
            del scripts["grant"]
        if javascript:
            scripts = {
                name: line.replace(".ts", ".js") for name, line in scripts.items() if name not in _TYPESCRIPT_SCRIPTS
            }
            # There is nothing to compile; `build` proves that every file can be read.
            scripts["build"] = "oxlint --deny-warnings --quiet src"
        return Manifest(
            name=f"{application.contract.project.slug or 'application'}-backend",
            scripts=scripts,
            dependencies=wanted(self._package["dependencies"]),
            dev=wanted(self._package["devDependencies"]),
            optional=wanted(self._package["optionalDependencies"]),
            engines=self._package["engines"],
        )

    def _cut(self, manifest: Manifest) -> LockFile:
        return cut(
            self._lock,
            name=manifest.name,
            version="0.1.0",
            dependencies=manifest.dependencies,
            dev=manifest.dev,
            optional=manifest.optional,
            engines=manifest.engines,
        )


def _package(manifest: Manifest) -> Json:
    return {
        "name": manifest.name,
        "version": "0.1.0",
        "private": True,
        "type": "module",
        "engines": manifest.engines,
        "scripts": manifest.scripts,
        "dependencies": manifest.dependencies,
        "devDependencies": manifest.dev,
        "optionalDependencies": manifest.optional,
    }


def _environment(application: Application) -> str:
    lines = [
        "# Copy to .env. Each value shown is the default; secrets have none.",
        "NODE_ENV=development",
        "HOST=127.0.0.1",
        "PORT=3000",
        "# PostgreSQL 18. Without it, development starts a server of its own under .data/",
        f"#DATABASE_URL=postgres://app:secret@localhost:5432/{application.contract.project.database or 'app'}",
    ]
    if application.has("authentication"):
        lines += ["# At least 32 characters. Required in production.", "#JWT_SECRET="]
    lines += [
        "# Origins of other sites whose pages may call this API, by comma.",
        "CORS_ORIGINS=",
        "# How many proxies stand in front.",
        "TRUST_PROXY=0",
        "RATE_LIMIT_FACTOR=1",
    ]
    for name in sorted(used_capabilities(application) | application.secondary):
        lines += _VARIABLES.get(name, [])
    if application.contract.settings:
        lines.append("# Settings.")
    for setting in application.contract.settings:
        value = setting.default
        kind = value.WhichOneof("value")
        text = "" if kind in (None, "null_value") else str(getattr(value, str(kind)))
        name = setting.environment_name or f"SETTING_{setting.key.replace('.', '_').upper()}"
        lines.append(f"#{name}={text.lower() if kind == 'bool_value' else text}")
    return "\n".join(lines) + "\n"


def commands(application: Application) -> list[Command]:
    """How to run what was made."""
    told = [
        ("install", ["npm", "install"], "Install the packages named by the lock file."),
        ("migrate", ["npm", "run", "migrate"], "Bring the database up to date."),
        ("seed", ["npm", "run", "seed"], "Add example rows to a database that is still empty."),
        ("start", ["npm", "run", "start"], "Start the server."),
        ("dev", ["npm", "run", "dev"], "Start the server again at every change, with a database of its own."),
        ("test", ["npm", "run", "test"], "Run the tests on a real PostgreSQL."),
        ("lint", ["npm", "run", "lint"], "Look for mistakes."),
        ("build", ["npm", "run", "build"], "Build what production runs."),
    ]
    if application.has("authentication"):
        told.append(("grant", ["npm", "run", "grant", "--"], "Give a person a role: `-- person@example.com admin`."))
    return [Command(name=name, directory=FOLDER, argv=argv, description=text) for name, argv, text in told]
