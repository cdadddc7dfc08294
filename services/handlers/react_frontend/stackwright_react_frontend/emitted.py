"""What emission brings together: files, what features add to the application, and what could not be made."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.contract.v1 import contract_pb2
from stackwright_react_frontend.access import Access
from stackwright_react_frontend.views.feature import SECTIONS, MenuItem, Parts, Route
from stackwright_sdk.handler import Templates

# Folders or files below `src/shared`, with tests of their own.
_BASES = (
    "related",
    "metrics",
    "board",
    "tree",
    "calendar",
    "gallery",
    "banner",
    "form/LinesInput",
    "form/DurationInput",
    "form/PlaceInput",
    "form/PointerInput",
    "form/RecurrenceInput",
    "form/CurrencyInput",
    "form/TimeZoneInput",
    "files/FileInput",
    "files/FileLink",
    "ui/ColorText",
)
_TEMPLATES = Templates(Path(__file__).with_name("templates"))


@dataclass(frozen=True)
class Emitted:
    """One file, relative to the root of the front end."""

    path: str
    text: str
    feature: str


@dataclass
class Emission:
    """All emitted files, the components among them, and what could not be made."""

    files: list[Emitted] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    # (feature, element, what is missing)
    missing: list[tuple[str, str, str]] = field(default_factory=list)
    # What each feature adds to the application.
    parts: dict[str, Parts] = field(default_factory=lambda: defaultdict(Parts))
    _paths: set[str] = field(default_factory=set)

    def add(self, template: str, path: str, view: object, feature: str) -> None:
        """Render one file."""
        self._paths.add(path)
        self.files.append(Emitted(path, _TEMPLATES.render(f"{template}.jinja", view), feature))

    def texts(self) -> dict[str, str]:
        """The text of each file, by its path."""
        return {file.path: file.text for file in self.files}

    def has(self, path: str) -> bool:
        """Whether the file was rendered: what several pages share is made with the first of them."""
        return path in self._paths

    def bases(self) -> set[str]:
        """Parts of the base that only some pages need, as far as what was emitted imports them."""
        found = {name for name in _BASES if any(f"/shared/{name}" in file.text for file in self.files)}
        # A tree puts its rows in order as panels do.
        return found | {"related"} if "tree" in found else found

    def component(self, name: str) -> None:
        """Note a component that people see."""
        if name not in self.components:
            self.components.append(name)

    def lack(self, page: contract_pb2.Page, what: str) -> None:
        """Note what of a page could not be made."""
        self.missing.append((page.feature, page.id, what))

    def route(self, page: contract_pb2.Page, module: str, allowed: Access, *, bare: bool = False) -> None:
        """Show the component of `module` at the address of the page."""
        self.parts[page.feature].routes.append(Route(page.path, module, allowed, bare))
        self.component(page.names.component or page.native.operation)

    def menu_entry(self, page: contract_pb2.Page, label: str, icon: str, allowed: Access) -> None:
        """Name the page in the menu, if it has a place there."""
        section = SECTIONS.get(page.menu)
        if section:
            self.parts[page.feature].menu.append(MenuItem(section, label, page.path, icon, allowed))
