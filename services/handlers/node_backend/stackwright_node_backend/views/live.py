"""What a feature tells on the live channel, and which capabilities of the base it brings."""

from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_sdk.expressions import to_sql


def live_lines(application: Application, feature: str, imports: ts.Imports) -> list[str]:
    """One entry for each live model that the feature declares: its rows, and the users who hear of them."""
    lines = []
    for model in application.models_of(feature):
        if not is_live(model):
            continue
        source = application.import_source(imports, model)
        users = "'readers'" if model.live_readers else ts.sql_string(_users(application, model))
        lines.append(f"{{ source: {source}, users: {users} }}")
    return lines


def is_live(model: m.Model) -> bool:
    """Whether events of the model's rows are told at once."""
    return model.live_readers or model.HasField("live")


def _users(application: Application, model: m.Model) -> str:
    fragment = to_sql(model.live, application.index, model_id=model.id, this="t", indent=6)
    return fragment.text if fragment.text.startswith("SELECT") else f"SELECT {fragment.text}"


def capability_names(application: Application, feature: str) -> list[str]:
    """Capabilities of the base that the feature brings, in order."""
    names = []
    if any(is_live(model) for model in application.models_of(feature)) or any(
        operation.transient and operation.feature == feature for operation in application.contract.operations
    ):
        names.append("realtime")
    if any(mail.feature == feature for mail in application.contract.mails):
        names.append("mailer")
    if any(
        module.name == "storage" and module.operations and feature in module.features
        for module in application.contract.native_modules
    ):
        names.append("storage")
    if any(field.encrypted for model in application.models_of(feature) for field in model.fields):
        names.append("vault")
    return names


def used_capabilities(application: Application) -> frozenset[str]:
    """Every capability that the application needs."""
    return frozenset(name for key in application.feature_keys for name in capability_names(application, key))


def storage_settings() -> str:
    """Arguments of the store: what the settings of file_upload say."""
    members = {
        "maxBytes": "settings['files.max_mb'] * 1_048_576",
        "types": "settings['files.types'].split(' ')",
        "store": "settings['files.store']",
        "endpoint": "settings['files.s3_endpoint']",
        "bucket": "settings['files.s3_bucket']",
        "key": "settings['files.s3_key']",
        "secret": "settings['files.s3_secret']",
    }
    return "storage({\n" + "".join(f"  {name}: {text},\n" for name, text in members.items()) + "})"
