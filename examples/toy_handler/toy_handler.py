"""A handler for another technology, whole: a front end of one plain HTML page a model. Needs protos, kit and sdk only.

    STACKWRIGHT_NATS_URL=… python examples/toy_handler/toy_handler.py

As soon as it has announced itself, a request whose front end is "Plain HTML" is generated with it.
"""

from html import escape

from stackwright.code.v1.file_pb2 import LAYER_FRONTEND, SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.contract.v1.model_pb2 import MODEL_KIND_RESOURCE, Model
from stackwright.handler.v1.request_response_pb2 import (
    HANDLER_ROLE_FRONTEND,
    RUNG_BASIC_CRUD_TEMPLATE,
    FeatureResult,
    FeatureSupport,
    GenerateRequest,
    HandlerDescription,
    HandlerResult,
)
from stackwright_kit.server import Service, serve
from stackwright_sdk.handler import GeneratedProject, ProgressReporter, TechnologyHandler, text_file
from stackwright_sdk.handler.servicer import HandlerServicer

NAME, VERSION = "plain_html_frontend", "1.0.0"
FEATURES = (
    "authentication",
    "user_management",
    "role_based_access_control",
    "audit_logging",
    "api_documentation",
    "health_monitoring",
    "structured_logging",
)


class PlainHtml(TechnologyHandler):
    """Writes pages that list what there is."""

    def describe(self) -> HandlerDescription:
        """Say what this handler is."""
        return HandlerDescription(
            name=NAME,
            version=VERSION,
            role=HANDLER_ROLE_FRONTEND,
            technologies=["plain html"],
            languages=["html"],
            contract_versions=[1],
            conventions_version=1,
            features=[FeatureSupport(key=key, version=1) for key in FEATURES],
            blueprint_digest="none",
        )

    async def generate(self, request: GenerateRequest, progress: ProgressReporter) -> GeneratedProject:
        """Write an index and a page for each resource."""
        contract = request.contract
        models = [model for model in contract.models if model.kind == MODEL_KIND_RESOURCE]
        await progress("Writing pages", 0, len(models))
        files = [_index(contract, models), *(_page(model) for model in models)]
        note = "Pages show what there is; they do not edit."
        features = [FeatureResult(key=item.key, rung=RUNG_BASIC_CRUD_TEMPLATE, note=note) for item in contract.features]
        components = [model.names.class_name for model in models]
        return GeneratedProject(files, HandlerResult(success=True, components=components, features=features))


def _index(contract: Contract, models: list[Model]) -> SourceFile:
    links = "".join(
        f'<li><a href="{model.names.file}.html">{escape(model.names.plural_label)}</a></li>' for model in models
    )
    return _html("index", contract.project.name, f"<ul>{links}</ul>")


def _page(model: Model) -> SourceFile:
    fields = "".join(f"<li>{escape(field.names.label)}</li>" for field in model.fields if not field.hidden)
    return _html(model.names.file, model.names.plural_label, f"<ul>{fields}</ul>")


def _html(stem: str, title: str, body: str) -> SourceFile:
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<h1>{escape(title)}</h1>\n{body}</html>"
    )
    return text_file(f"frontend/{stem}.html", page, layer=LAYER_FRONTEND, handler=f"{NAME}@{VERSION}")


def service() -> Service:
    """Give the service, for a process of its own."""
    handler = PlainHtml()
    return Service(NAME, VERSION, [HandlerServicer(handler)], description=handler.describe())


if __name__ == "__main__":
    serve(service())
