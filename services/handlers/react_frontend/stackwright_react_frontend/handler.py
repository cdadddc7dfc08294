"""The handler: a contract in, a React application out."""

import asyncio
from importlib.metadata import version
from pathlib import Path

from stackwright.code.v1.file_pb2 import LAYER_FRONTEND, FileOrigin, SourceFile
from stackwright.handler.v1.request_response_pb2 import (
    HANDLER_ROLE_FRONTEND,
    RUNG_FULL_FEATURE_IMPLEMENTATION,
    RUNG_SIMPLIFIED_IMPLEMENTATION,
    Command,
    DocumentSection,
    FeatureResult,
    FeatureSupport,
    GenerateRequest,
    HandlerDescription,
    HandlerResult,
)
from stackwright.handler.v1.request_response_pb2 import Warning as HandlerWarning
from stackwright_react_frontend import composition, libraries
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit
from stackwright_react_frontend.emitted import Emission, Emitted
from stackwright_react_frontend.unused import without_unimported
from stackwright_sdk.handler import (
    Blueprint,
    BlueprintFile,
    GeneratedProject,
    ProgressReporter,
    Selection,
    TechnologyHandler,
    text_file,
)
from stackwright_sdk.handler.erased import javascript_twin
from stackwright_sdk.node import SourceTools

NAME = "react_frontend"
VERSION = version("stackwright-react-frontend")
CONVENTIONS_VERSION = 1
# Those with native modules that are there; what is data alone needs no entry.
FEATURES = {
    "authentication": 1,
    "role_based_access_control": 1,
    "api_documentation": 1,
    "health_monitoring": 1,
    "structured_logging": 1,
    "rate_limiting": 1,
    "security_headers": 1,
    "email_notifications": 1,
    "password_reset": 1,
    "email_verification": 1,
    "background_jobs": 1,
    "file_upload": 1,
    "real_time_chat": 1,
    "organizations": 1,
}
NATIVE_MODULES = ("auth", "chat", "edge", "jobs", "mailer", "observe", "openapi", "policy", "storage", "tenancy")
_STEPS = 3
_MADE_BY = f"{NAME}@{VERSION}"
_EMITTED, _COMPOSED = FileOrigin.FILE_ORIGIN_EMITTED, FileOrigin.FILE_ORIGIN_COMPOSED


def blueprint_folder() -> Path:
    """The blueprint: inside the package where it was installed, beside it in a checkout."""
    inside = Path(__file__).with_name("_blueprint")
    return inside if inside.is_dir() else Path(__file__).parents[1] / "blueprint"


class ReactFrontend(TechnologyHandler):
    """Writes the front end in TypeScript, or in JavaScript by erasing its types."""

    def __init__(self) -> None:
        self._folder = blueprint_folder()
        self._blueprint = Blueprint.load(self._folder)
        self._tools = SourceTools()

    async def close(self) -> None:
        """End the worker that formats and erases."""
        await self._tools.close()

    def describe(self) -> HandlerDescription:
        """What this handler is."""
        return HandlerDescription(
            name=NAME,
            version=VERSION,
            role=HANDLER_ROLE_FRONTEND,
            technologies=["react", "react.js", "reactjs"],
            languages=["typescript", "javascript"],
            contract_versions=[1],
            conventions_version=CONVENTIONS_VERSION,
            features=[FeatureSupport(key=key, version=number) for key, number in FEATURES.items()],
            blueprint_digest=self._blueprint.digest,
            libraries=libraries.NAMES,
            native_modules=NATIVE_MODULES,
        )

    async def generate(self, request: GenerateRequest, progress: ProgressReporter) -> GeneratedProject:
        """Compile the contract to the folder `frontend/`."""
        javascript = (request.technology.language or request.stack.backend.language).lower() == "javascript"
        application = Application(request.contract)
        await progress("Compiling pages from the contract", 0, _STEPS)
        emission = emit(application)
        emitted = await self._finished(emission.files, javascript=javascript)
        await progress("Selecting the base", 1, _STEPS)
        verbatim = await self._verbatim(request, emission, javascript=javascript)
        await progress("Putting the project together", 2, _STEPS)
        composed = await self._composed(request, javascript=javascript)
        result = self._result(request, application, emission, javascript=javascript)
        return GeneratedProject(without_unimported([*emitted, *verbatim, *composed]), result)

    async def _finished(self, files: list[Emitted], *, javascript: bool) -> list[SourceFile]:
        """Format, and erase types where JavaScript is wanted."""
        texts = {file.path: file.text for file in files}
        feature = {_stem(file.path): file.feature for file in files}
        turned = await (self._tools.to_javascript(texts) if javascript else self._tools.format(texts))
        # What held nothing but types has no twin in JavaScript.
        return [self._file(path, text, feature[_stem(path)]) for path, text in turned.items() if text.strip()]

    async def _verbatim(self, request: GenerateRequest, emission: Emission, *, javascript: bool) -> list[SourceFile]:
        blueprint = await javascript_twin(self._blueprint, self._tools) if javascript else self._blueprint
        application = Application(request.contract)
        selection = Selection(
            features=frozenset(feature.key for feature in request.contract.features),
            native_modules=frozenset(application.hand_written() | application.bases() | emission.bases()),
        )
        chosen = blueprint.select(selection)
        if javascript:
            # JavaScript needs no compiler's settings.
            chosen = [_without_types(file) for file in chosen if file.path != "tsconfig.json" and file.content.strip()]
        return [
            SourceFile(
                path=f"{composition.FOLDER}/{file.path}",
                content=file.content,
                executable=file.executable,
                origin=FileOrigin.FILE_ORIGIN_VERBATIM,
                layer=LAYER_FRONTEND,
                feature=_feature_of(file.path),
                handler=_MADE_BY,
            )
            for file in chosen
        ]

    async def _composed(self, request: GenerateRequest, *, javascript: bool) -> list[SourceFile]:
        project, folder = request.contract.project, self._folder
        manifests = await asyncio.to_thread(
            composition.manifests,
            folder,
            project,
            _MADE_BY,
            javascript=javascript,
            live=Application(request.contract).is_live,
        )
        # A long name, or one with quotes, may be written otherwise than the blueprint's.
        texts = dict(
            [
                await asyncio.to_thread(part, folder, project, javascript=javascript)
                for part in (composition.page_shell, composition.application_name)
            ]
        )
        named = [self._file(path, text, "", _COMPOSED) for path, text in (await self._tools.format(texts)).items()]
        return [*manifests, *named]

    def _file(self, path: str, text: str, feature: str, origin: FileOrigin = _EMITTED) -> SourceFile:
        whole = f"{composition.FOLDER}/{path}"
        return text_file(whole, text, layer=LAYER_FRONTEND, handler=_MADE_BY, feature=feature, origin=origin)

    def _result(
        self, request: GenerateRequest, application: Application, emission: Emission, *, javascript: bool
    ) -> HandlerResult:
        warnings = libraries.unsupported(request.technology.libraries)
        missing: dict[str, list[str]] = {}
        for feature, element, what in emission.missing:
            warnings.append(HandlerWarning(code="not_made", subject=element, message=f"{element}: {what}."))
            missing.setdefault(feature, []).append(f"{element}: {what}")
        return HandlerResult(
            success=True,
            endpoints=[operation.names.operation_id for operation in request.contract.operations],
            components=emission.components,
            features=[_feature_result(feature.key, missing) for feature in request.contract.features],
            self_assessment=9.0 if not missing else 8.0,
            warnings=warnings,
            commands=_commands(javascript=javascript),
            documents=[_document(application, emission, javascript=javascript)],
        )


def _feature_result(key: str, missing: dict[str, list[str]]) -> FeatureResult:
    if key in missing:
        return FeatureResult(key=key, rung=RUNG_SIMPLIFIED_IMPLEMENTATION, note="; ".join(missing[key]))
    return FeatureResult(key=key, rung=RUNG_FULL_FEATURE_IMPLEMENTATION)


def _feature_of(path: str) -> str:
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and parts[1] == "features" else ""


def _stem(path: str) -> str:
    return path.rpartition(".")[0]


def _without_types(file: BlueprintFile) -> BlueprintFile:
    """Name JavaScript files in the settings that name TypeScript ones."""
    if not file.path.startswith("vite.config."):
        return file
    return BlueprintFile(file.path, file.content.replace(b"setup.ts", b"setup.js"), file.executable)


def _commands(*, javascript: bool) -> list[Command]:
    scripts = {
        "install": (["npm", "install"], "Install the packages."),
        "dev": (["npm", "run", "dev"], "Serve on http://127.0.0.1:5173; /api is forwarded to BACKEND_URL."),
        "build": (["npm", "run", "build"], "Build into dist/."),
        "test": (["npm", "test"], "Run the component tests."),
        "lint": (["npm", "run", "lint"], "Check the code."),
    }
    if not javascript:
        scripts["typecheck"] = (["npm", "run", "typecheck"], "Check the types.")
    return [
        Command(name=name, directory=composition.FOLDER, argv=argv, description=text)
        for name, (argv, text) in scripts.items()
    ]


def _document(application: Application, emission: Emission, *, javascript: bool) -> DocumentSection:
    language = "JavaScript" if javascript else "TypeScript"
    pages = "\n".join(f"- `{name}`" for name in emission.components)
    markdown = f"""React 19 in {language} with Material UI, Redux Toolkit, RTK Query over Axios and React Router.

- `src/app`: the shell, the routes, the theme (light, dark, or as the system says).
- `src/shared`: what features share: the API client, lists, forms, matrices, dialogs.
- `src/features/<feature>`: pages, hooks and types of each feature; `src/features/index` lists them.

The access token lives in memory; the refresh token is a cookie that scripts cannot read. A session goes on silently
after a reload. Menu entries and buttons follow the caller's permissions and each row's `can`; the server decides again.

Pages:

{pages}
"""
    return DocumentSection(key="frontend", title=f"Front end of {application.contract.project.name}", markdown=markdown)
