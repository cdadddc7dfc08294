"""Emitted files: every file that is compiled from the contract, in order of path."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.border_tests import border_tests_view
from stackwright_node_backend.views.factories import factories_view
from stackwright_node_backend.views.feature import Parts, feature_view, parts_of
from stackwright_node_backend.views.followers import clocks_view, subscribers_view
from stackwright_node_backend.views.mails import mails_view
from stackwright_node_backend.views.metric_tests import metric_tests_view
from stackwright_node_backend.views.model import model_view
from stackwright_node_backend.views.names import names_view
from stackwright_node_backend.views.notify import notify_view
from stackwright_node_backend.views.operations import is_emitted, operations_view
from stackwright_node_backend.views.routes import feature_router_name, router_name, routes_view
from stackwright_node_backend.views.schema import schema_view
from stackwright_node_backend.views.scope import scope_view
from stackwright_node_backend.views.settings import settings_view
from stackwright_node_backend.views.tests import test_view
from stackwright_sdk.handler import Templates


@dataclass(frozen=True)
class EmittedFile:
    """A compiled file; `path` is relative to the back end."""

    path: str
    text: str
    feature: str = ""


# Files of the base that only some applications need, by the name under which the manifest of the blueprint has them.
_PARTS = {
    "asking": "actions/asking.ts",
    "single": "actions/single.ts",
    "move": "actions/move.ts",
    "repoint": "actions/repoint.ts",
    "parts": "actions/parts.ts",
    "signal": "actions/signal.ts",
    "token": "shared/tokens.ts",
    "parents": "query/parents.ts",
    "metrics": "query/metrics.ts",
    "gates": "policy/gates.ts",
    "richtext": "shared/richtext.ts",
    "formats": "shared/formats.ts",
}


def used_parts(files: Iterable[EmittedFile]) -> frozenset[str]:
    """Parts of the base that what was compiled imports."""
    texts = [file.text for file in files]
    return frozenset(name for name, path in _PARTS.items() if any(f"{path}'" in text for text in texts))


class Emitter:
    """Compiles contracts. One serves many requests: it holds nothing but its templates."""

    def __init__(self) -> None:
        self._templates = Templates(Path(__file__).with_name("templates"))

    def emit(self, application: Application) -> list[EmittedFile]:
        """Every compiled file. Raises NotCompilable, naming the element, for what this handler cannot compile."""
        files = [file for feature in application.feature_keys for file in self._feature(application, feature)]
        if application.has("authentication"):
            path = f"{application.folder('authentication')}/auth/names.ts"
            files.append(self._file(path, "names", names_view(application, path), "authentication"))
            files.append(self._file("tests/support/factories.ts", "factories", factories_view(application)))
        if application.has("notifications"):
            path = f"{application.folder('notifications')}/notify/index.ts"
            files.append(self._file(path, "notify", notify_view(application, path), "notifications"))
        files.append(self._index(application))
        return sorted(files, key=lambda file: file.path)

    def _feature(self, application: Application, feature: str) -> Iterator[EmittedFile]:
        folder = application.folder(feature)
        parts = parts_of(application, feature)
        for model in parts.models:
            yield from self._model(application, model, feature)
        for model in application.contract.models:
            yield from self._of_model(application, feature, model)
        yield from self._of_none(application, feature)
        yield from self._followers(application, feature, parts)
        path = f"{folder}/metrics.test.ts"
        tests = metric_tests_view(application, feature, path) if application.has("authentication") else None
        if tests:
            yield self._file(path, "metrics.test", tests, feature)
        path = f"{folder}/border.test.ts"
        border = border_tests_view(application, path) if feature == "organizations" else None
        if border:
            yield self._file(path, "border.test", border, feature)
        path = f"{folder}/index.ts"
        yield self._file(path, "feature", feature_view(application, feature, parts, path), feature)

    def _model(self, application: Application, model: m.Model, feature: str) -> Iterator[EmittedFile]:
        folder = application.model_folder(model)
        path = f"{folder}/model.ts"
        yield self._file(path, "model", model_view(application, model, path), feature)
        if application.has_scope(model):
            path = f"{folder}/scope.ts"
            yield self._file(path, "scope", scope_view(application, model, path), feature)
        inputs = [found for found in application.all_operations(model) if found.inputs]
        if inputs:
            path = f"{folder}/schema.ts"
            view = schema_view(application, inputs, path, model.names.class_name)
            yield self._file(path, "schema", view, feature)

    def _of_model(self, application: Application, feature: str, model: m.Model) -> Iterator[EmittedFile]:
        operations = [found for found in application.operations_of(feature, model.id) if is_emitted(found)]
        if not operations:
            return
        folder = f"{application.folder(feature)}/{model.names.file}"
        path = f"{folder}/operations.ts"
        yield self._file(path, "operations", operations_view(application, operations, path), feature)
        path = f"{folder}/routes.ts"
        view = routes_view(operations, path, router_name(model.names.variable))
        yield self._file(path, "routes", view, feature)
        tests = test_view(application, feature, model) if application.has("authentication") else None
        if tests:
            yield self._file(f"{folder}/{model.names.file}.test.ts", "test", tests, feature)

    def _of_none(self, application: Application, feature: str) -> Iterator[EmittedFile]:
        operations = [found for found in application.operations_of(feature, "") if is_emitted(found)]
        if not operations:
            return
        folder = application.folder(feature)
        inputs = [operation for operation in operations if operation.inputs]
        if inputs:
            path = f"{folder}/schema.ts"
            yield self._file(path, "schema", schema_view(application, inputs, path), feature)
        path = f"{folder}/operations.ts"
        yield self._file(path, "operations", operations_view(application, operations, path), feature)
        path = f"{folder}/routes.ts"
        constant = feature_router_name(application, feature)
        yield self._file(path, "routes", routes_view(operations, path, constant), feature)

    def _followers(self, application: Application, feature: str, parts: Parts) -> Iterator[EmittedFile]:
        folder = application.folder(feature)
        if parts.settings:
            path = f"{folder}/settings.ts"
            yield self._file(path, "settings", settings_view(parts.settings, path), feature)
        if parts.subscriptions:
            path = f"{folder}/subscribers.ts"
            yield self._file(path, "subscribers", subscribers_view(application, parts.subscriptions, path), feature)
        mails = [mail for mail in application.contract.mails if mail.feature == feature]
        if mails:
            path = f"{folder}/mails.ts"
            yield self._file(path, "mails", mails_view(application, mails, path), feature)
        if parts.clocks:
            path = f"{folder}/clocks.ts"
            yield self._file(path, "clocks", clocks_view(application, parts.clocks, path), feature)

    def _index(self, application: Application) -> EmittedFile:
        """The list of features: composed, since all it holds is a list."""
        imports = ["import type { Feature } from '../shared/feature.ts';"]
        names = []
        if "redis" in application.secondary:
            imports.append("import redis from '../shared/redis/index.ts';")
            names.append("redis")
        for key in application.feature_keys:
            known = application.features.get(key)
            name = known.names.camel if known else key
            folder = application.folder(key).removeprefix("src/features/")
            imports.append(f"import {name} from './{folder}/index.ts';")
            names.append(name)
        lines = [
            *sorted(imports, key=lambda line: (line.startswith("import ") and "type" not in line.split()[1], line)),
            "",
            "/** Every feature of the application, in order of dependency. */",
            f"export const features: readonly Feature[] = {ts.list_text(names, before='[', after='];')}",
        ]
        return EmittedFile("src/features/index.ts", "\n".join(lines) + "\n")

    def _file(self, path: str, template: str, view: object, feature: str = "") -> EmittedFile:
        return EmittedFile(path, self._templates.render(f"{template}.ts.jinja", view).lstrip("\n"), feature)
