"""The handler: contract in, back end out."""

import functools
from collections.abc import Sequence
from pathlib import Path

from stackwright.code.v1.file_pb2 import FILE_ORIGIN_EMITTED, FILE_ORIGIN_VERBATIM, LAYER_BACKEND, SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.handler.v1.request_response_pb2 import (
    HANDLER_ROLE_BACKEND,
    RUNG_FULL_FEATURE_IMPLEMENTATION,
    EstablishContractsRequest,
    FeatureResult,
    FeatureSupport,
    GenerateRequest,
    HandlerDescription,
    HandlerResult,
)
from stackwright.handler.v1.request_response_pb2 import Warning as HandlerWarning
from stackwright_kit.errors import FieldViolation, InvalidArgumentError
from stackwright_node_backend import __version__
from stackwright_node_backend.application import Application
from stackwright_node_backend.composer import FOLDER, Composer, commands
from stackwright_node_backend.documents import documents
from stackwright_node_backend.emitter import EmittedFile, Emitter, used_parts
from stackwright_node_backend.libraries import HONOURED, warnings_for
from stackwright_node_backend.organizations import chosen
from stackwright_node_backend.review import FEATURES, NATIVE_MODULES, refuse_uncompilable
from stackwright_node_backend.views.live import used_capabilities
from stackwright_sdk.expressions import NotCompilable
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
from stackwright_sdk.node import FormatOptions, SourceTools

NAME = "node_backend"
_LANGUAGES = ("typescript", "javascript")
# One style in both languages: the emitter prints it, and what is erased is formatted to it.
STYLE = FormatOptions(printWidth=130, singleQuote=True)
_HANDLER = f"{NAME}@{__version__}"


def blueprint_folder() -> Path:
    """The blueprint: beside the package in a checkout, inside it in an installation."""
    inside = Path(__file__).with_name("_blueprint")
    return inside if inside.is_dir() else Path(__file__).parents[1] / "blueprint"


class NodeBackendHandler(TechnologyHandler):
    """Writes Express applications. `tools` erases types for requests in JavaScript; it starts Node at its first use."""

    def __init__(self, tools: SourceTools) -> None:
        folder = blueprint_folder()
        self._tools = tools
        self._blueprint = Blueprint.load(folder)
        self._typescript = {on: chosen(self._blueprint, organizations=on) for on in (False, True)}
        self._javascript: dict[bool, Blueprint] = {}
        self._emitter = Emitter()
        package, lock = ((folder / "backend" / name).read_text() for name in ("package.json", "package-lock.json"))
        self._composer = Composer(package, lock, _HANDLER)

    @functools.cache  # noqa: B019  # one handler lives as long as its process
    def describe(self) -> HandlerDescription:
        """Say what this handler is and supports."""
        return HandlerDescription(
            name=NAME,
            version=__version__,
            role=HANDLER_ROLE_BACKEND,
            technologies=["node.js", "nodejs", "node", "express", "express.js"],
            languages=_LANGUAGES,
            contract_versions=[1],
            conventions_version=1,
            features=[FeatureSupport(key=key, version=version) for key, version in FEATURES.items()],
            blueprint_digest=self._blueprint.digest,
            libraries=sorted(HONOURED),
            native_modules=NATIVE_MODULES,
        )

    async def establish(self, request: EstablishContractsRequest) -> tuple[Contract, Sequence[HandlerWarning]]:
        """Review a draft. Nothing is added to it: what the contract does not state, no handler may do.

        Raises InvalidArgumentError that names every element which cannot be compiled.
        """
        refuse_uncompilable(Application(request.draft))
        return request.draft, warnings_for(request.technology.libraries)

    async def generate(self, request: GenerateRequest, progress: ProgressReporter) -> GeneratedProject:
        """Compile the contract.

        Raises InvalidArgumentError for a language that is not there, and for elements that cannot be compiled, by name.
        """
        javascript = _is_javascript(request.technology.language)
        # Redis is asked for as a second store of the database; it is the back end that speaks to it.
        stores = (*request.technology.secondary, *request.stack.database.secondary)
        application = Application(request.contract, frozenset(name.lower() for name in stores))
        refuse_uncompilable(application)
        await progress("compiling the contract", 0, 3)
        try:
            emitted = self._emitter.emit(application)
        except NotCompilable as problem:
            violation = FieldViolation("contract", str(problem))
            message = f"The Node.js handler cannot compile the contract: {problem}"
            raise InvalidArgumentError(message, reason="CONTRACT_NOT_COMPILABLE", violations=[violation]) from problem
        await progress("choosing from the blueprint", 1, 3)
        verbatim = await self._verbatim(application, used_parts(emitted), javascript=javascript)
        if javascript:
            emitted = await self._erase(emitted)
        await progress("writing manifests", 2, 3)
        files = [
            *verbatim,
            *(_emitted(file) for file in emitted),
            *self._composer.files(application, javascript=javascript),
        ]
        return GeneratedProject(files, self._result(request, application, javascript=javascript))

    async def _verbatim(self, application: Application, parts: frozenset[str], *, javascript: bool) -> list[SourceFile]:
        organizations = application.contract.tenancy
        blueprint = self._typescript[organizations]
        if javascript:
            if organizations not in self._javascript:
                self._javascript[organizations] = await javascript_twin(blueprint, self._tools, STYLE)
            blueprint = self._javascript[organizations]
        selection = Selection(
            features=frozenset(application.features),
            native_modules=frozenset(module.name for module in application.contract.native_modules)
            | used_capabilities(application)
            | parts,
            secondary=application.secondary,
        )
        return [
            _copied(file)
            for file in blueprint.select(selection)
            if not (javascript and Path(file.path).name.startswith("tsconfig"))
        ]

    async def _erase(self, emitted: list[EmittedFile]) -> list[EmittedFile]:
        features = {file.path.removesuffix(".ts"): file.feature for file in emitted}
        erased = await self._tools.to_javascript({file.path: file.text for file in emitted}, STYLE)
        return [EmittedFile(path, text, features[path.removesuffix(".js")]) for path, text in erased.items()]

    def _result(self, request: GenerateRequest, application: Application, *, javascript: bool) -> HandlerResult:
        features = [
            FeatureResult(key=feature.key, rung=RUNG_FULL_FEATURE_IMPLEMENTATION)
            for feature in application.contract.features
        ]
        return HandlerResult(
            success=True,
            endpoints=[operation.names.operation_id for operation in application.contract.operations],
            tables=[model.names.table for model in application.contract.models],
            features=features,
            self_assessment=9.0,
            warnings=warnings_for(request.technology.libraries),
            commands=commands(application),
            documents=documents(application, javascript=javascript),
        )


def _is_javascript(language: str) -> bool:
    wanted = (language or "javascript").strip().lower()
    if wanted not in _LANGUAGES:
        expected = " or ".join(_LANGUAGES)
        violation = FieldViolation("technology.language", f"expected {expected}, not {language!r}")
        raise InvalidArgumentError(f"The Node.js handler writes {expected}, not {language!r}.", violations=[violation])
    return wanted == "javascript"


def _copied(file: BlueprintFile) -> SourceFile:
    content = file.content
    if file.path.endswith((".test.js", "vitest.config.js")):
        # Names of files inside of strings are no imports, so the eraser leaves them.
        content = content.replace(b"global_setup.ts", b"global_setup.js")
    parts = file.path.split("/")
    feature = parts[3] if parts[:3] == [FOLDER, "src", "features"] else ""
    return SourceFile(
        path=file.path,
        content=content,
        executable=file.executable,
        origin=FILE_ORIGIN_VERBATIM,
        layer=LAYER_BACKEND,
        feature=feature,
        handler=_HANDLER,
    )


def _emitted(file: EmittedFile) -> SourceFile:
    return text_file(
        f"{FOLDER}/{file.path}",
        file.text,
        layer=LAYER_BACKEND,
        handler=_HANDLER,
        feature=file.feature,
        origin=FILE_ORIGIN_EMITTED,
    )
