"""The entry of one feature: its routes, its menu, its places in other pages."""

from dataclasses import dataclass, field

from stackwright.contract.v1 import contract_pb2
from stackwright_react_frontend.access import Access
from stackwright_react_frontend.source import Imports, string
from stackwright_react_frontend.source import key as object_key


@dataclass(frozen=True)
class Route:
    """A page at an address. `module` is its file."""

    path: str
    module: str
    access: Access
    bare: bool = False


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu."""

    section: str
    label: str
    path: str
    icon: str
    access: Access


@dataclass(frozen=True)
class Control:
    """A card of the home page, a control of the bar at the top, or what is told above every page."""

    key: str
    module: str
    access: Access


@dataclass(frozen=True)
class GateWay:
    """Where those are sent whose requests are refused with a code."""

    code: str
    path: str


@dataclass(frozen=True)
class Parts:
    """What a feature adds to the application."""

    routes: list[Route] = field(default_factory=list)
    menu: list[MenuItem] = field(default_factory=list)
    cards: list[Control] = field(default_factory=list)
    header: list[Control] = field(default_factory=list)
    banner: list[Control] = field(default_factory=list)


@dataclass(frozen=True)
class FeatureView:
    """A file `index.ts` of a feature."""

    imports: str
    name: str
    routes: list[str]
    menu: list[str]
    cards: list[str]
    header: list[str]
    banner: list[str]
    gates: list[str]
    plugin: str
    # Components that pages of other features show, as `Name` of `./Name.tsx`.
    panels: list[str]


@dataclass(frozen=True)
class FeaturesView:
    """The list of all features."""

    imports: str
    names: list[str]


SECTIONS = {
    contract_pb2.MENU_AREA_MAIN: "main",
    contract_pb2.MENU_AREA_ACCOUNT: "account",
    contract_pb2.MENU_AREA_ADMIN: "admin",
}


def feature_view(
    key: str, folder: str, parts: Parts, gates: list[GateWay], panels: list[str], *, plugin: bool
) -> FeatureView:
    """Print routes in an order in which fixed addresses stand before those with a place for an id."""
    imports = Imports(f"{folder}/index.ts")
    imports.add("src/shared/feature.ts", "defineFeature")
    name = imports.add(f"{folder}/plugin.tsx", "plugin") if plugin else ""
    ordered = sorted(parts.routes, key=lambda route: (route.path.split("/")[1], ":" in route.path, route.path))
    return FeatureView(
        routes=[_route(imports, folder, route) for route in ordered],
        menu=[_menu(imports, item) for item in parts.menu],
        cards=[_control(imports, folder, card) for card in parts.cards],
        header=[_control(imports, folder, control) for control in parts.header],
        banner=[_control(imports, folder, control) for control in parts.banner],
        gates=[f"{object_key(gate.code)}: {string(gate.path)}" for gate in gates],
        imports=imports.text,
        name=string(key),
        plugin=name,
        panels=panels,
    )


def _access(imports: Imports, access: Access) -> str:
    source, name = access.function()
    if name:
        imports.add("src/shared/session/session.ts", name)
    return source


def _load(folder: str, module: str) -> str:
    return f"() => import({string('./' + module.removeprefix(folder + '/'))})"


def _route(imports: Imports, folder: str, route: Route) -> str:
    layout = ', layout: "bare"' if route.bare else ""
    access = _access(imports, route.access)
    return f"{{ path: {string(route.path)}, access: {access}{layout}, load: {_load(folder, route.module)} }}"


def _menu(imports: Imports, item: MenuItem) -> str:
    start = f"section: {string(item.section)}, label: {string(item.label)}, path: {string(item.path)}"
    return f"{{ {start}, icon: {string(item.icon)}, access: {_access(imports, item.access)} }}"


def _control(imports: Imports, folder: str, control: Control) -> str:
    access = _access(imports, control.access)
    return f"{{ key: {string(control.key)}, access: {access}, load: {_load(folder, control.module)} }}"
