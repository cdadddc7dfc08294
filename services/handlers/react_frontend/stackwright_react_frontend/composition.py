"""Files that are put together from structures: the manifest, the page's shell, the application's name."""

import html
import json
from pathlib import Path

from stackwright.code.v1.file_pb2 import LAYER_FRONTEND, FileOrigin, SourceFile
from stackwright.contract.v1.contract_pb2 import Project
from stackwright_react_frontend.source import string
from stackwright_sdk.handler import json_file, text_file

FOLDER = "frontend"
_BLUEPRINT_NAME = "Sample App"
# Needed for types alone.
_TYPESCRIPT_ONLY = ("typescript", "@types/node", "@types/react", "@types/react-dom")


def manifest(blueprint: Path, project: Project, handler: str, *, javascript: bool) -> SourceFile:
    """`package.json`: that of the blueprint under the project's name; without types for JavaScript."""
    package = json.loads((blueprint / "package.json").read_text())
    package["name"] = f"{project.slug}-frontend"
    if javascript:
        package["scripts"]["build"] = "vite build"
        package["scripts"]["lint"] = package["scripts"]["lint"].replace("vite.config.ts", "vite.config.js")
        del package["scripts"]["typecheck"]
        development = package["devDependencies"]
        package["devDependencies"] = {name: at for name, at in development.items() if name not in _TYPESCRIPT_ONLY}
    return json_file(f"{FOLDER}/package.json", package, layer=LAYER_FRONTEND, handler=handler)


def page_shell(blueprint: Path, project: Project, handler: str, *, javascript: bool) -> SourceFile:
    """`index.html` with the project's name."""
    text = (blueprint / "index.html").read_text().replace(_BLUEPRINT_NAME, html.escape(project.name))
    if javascript:
        text = text.replace("/src/main.tsx", "/src/main.jsx")
    return _composed("index.html", text, handler)


def application_name(blueprint: Path, project: Project, handler: str, *, javascript: bool) -> SourceFile:
    """The constant that holds the project's name."""
    name = "src/shared/appName"
    text = (blueprint / f"{name}.ts").read_text().replace(string(_BLUEPRINT_NAME), string(project.name))
    return _composed(f"{name}.{'js' if javascript else 'ts'}", text, handler)


def _composed(path: str, text: str, handler: str) -> SourceFile:
    return text_file(
        f"{FOLDER}/{path}", text, layer=LAYER_FRONTEND, handler=handler, origin=FileOrigin.FILE_ORIGIN_COMPOSED
    )
