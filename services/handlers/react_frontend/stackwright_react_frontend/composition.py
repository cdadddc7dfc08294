"""Files that are put together from structures: the manifest, the page's shell, the application's name."""

import html
import json
from pathlib import Path
from typing import cast

from stackwright.code.v1.file_pb2 import LAYER_FRONTEND, SourceFile
from stackwright.contract.v1.contract_pb2 import Project
from stackwright_react_frontend.source import string
from stackwright_sdk.handler import json_file
from stackwright_sdk.handler.compose import Json
from stackwright_sdk.handler.lockfile import cut
from stackwright_sdk.node import toolchain_root

FOLDER = "frontend"
_BLUEPRINT_NAME = "Sample App"
# Needed for types alone.
_TYPESCRIPT_ONLY = ("typescript", "@types/node", "@types/react", "@types/react-dom", "@types/ws")
# Needed by the tests of the stream of events.
_LIVE_ONLY = ("ws", "@types/ws")


def manifests(blueprint: Path, project: Project, handler: str, *, javascript: bool, live: bool) -> list[SourceFile]:
    """`package.json` and its lock: those of the blueprint under the project's name; without types for JavaScript."""
    package = json.loads((blueprint / "package.json").read_text())
    package["name"] = f"{project.slug}-frontend"
    if javascript:
        package["scripts"]["build"] = "vite build"
        package["scripts"]["lint"] = package["scripts"]["lint"].replace("vite.config.ts", "vite.config.js")
        del package["scripts"]["typecheck"]
    unneeded = {*(_TYPESCRIPT_ONLY if javascript else ()), *(() if live else _LIVE_ONLY)}
    development = package["devDependencies"]
    package["devDependencies"] = {name: at for name, at in development.items() if name not in unneeded}
    lock = cut(
        json.loads((toolchain_root() / "package-lock.json").read_text()),
        name=package["name"],
        version=package["version"],
        dependencies=package["dependencies"],
        dev=package["devDependencies"],
        engines=package["engines"],
    )
    found = {"package.json": package, "package-lock.json": cast("Json", lock)}
    return [
        json_file(f"{FOLDER}/{path}", content, layer=LAYER_FRONTEND, handler=handler) for path, content in found.items()
    ]


def page_shell(blueprint: Path, project: Project, *, javascript: bool) -> tuple[str, str]:
    """Path and text of `index.html` with the project's name."""
    text = (blueprint / "index.html").read_text().replace(_BLUEPRINT_NAME, html.escape(project.name))
    return "index.html", text.replace("/src/main.tsx", "/src/main.jsx") if javascript else text


def application_name(blueprint: Path, project: Project, *, javascript: bool) -> tuple[str, str]:
    """Path and text of the constant that holds the project's name."""
    name = "src/shared/appName"
    text = (blueprint / f"{name}.ts").read_text().replace(string(_BLUEPRINT_NAME), string(project.name))
    return f"{name}.{'js' if javascript else 'ts'}", text
