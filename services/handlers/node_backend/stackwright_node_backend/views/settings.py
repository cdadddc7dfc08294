"""The settings of a feature."""

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.views.named import Named


@dataclass(frozen=True)
class SettingsView:
    """A file `settings.ts`."""

    imports: list[str]
    settings: list[Named]


def settings_view(settings: Sequence[c.Setting], path: str) -> SettingsView:
    """The settings of a feature."""
    imports = ts.Imports(path)
    imports.add("src/shared/settings.ts", "readSettings")
    entries = [Named(setting.key, _setting(setting, imports)) for setting in settings]
    return SettingsView(imports.lines(), entries)


def _setting(setting: c.Setting, imports: ts.Imports) -> str:
    default = ts.literal(setting.default)
    kind = setting.type.kind
    module = "src/shared/settings.ts"
    if kind == m.FIELD_KIND_BOOL:
        return f"{imports.add(module, 'flag')}({default})"
    if kind == m.FIELD_KIND_INT:
        bounds = f"{setting.type.minimum or -2_147_483_648}, {setting.type.maximum or 2_147_483_647}"
        return f"{imports.add(module, 'whole')}({default}, {bounds})"
    if kind == m.FIELD_KIND_ENUM:
        members = ", ".join(ts.string(member) for member in setting.type.members)
        return f"{imports.add(module, 'oneOf')}({default}, [{members}])"
    return f"{imports.add(module, 'text')}({default if default != 'null' else ts.string('')})"
