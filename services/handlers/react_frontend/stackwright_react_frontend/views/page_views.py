"""What the templates of pages are given: one class for each kind of file."""

from dataclasses import dataclass

from stackwright_react_frontend.views.commands import CommandView
from stackwright_react_frontend.views.gallery import TilesView


@dataclass(frozen=True)
class ColumnView:
    """One column, as an object literal."""

    text: str


@dataclass(frozen=True)
class PropertyView:
    """One line of what is told of a row, as an object literal."""

    text: str


@dataclass(frozen=True)
class PageView:
    """What all pages of a model share. `imports` stands on top of the file."""

    imports: str
    component: str
    class_name: str
    title: str
    singular: str
    plural: str
    label: str
    singular_label: str
    plural_label: str
    row_title: str
    list_path: str
    detail_path: str
    hook: str
    search: bool


@dataclass(frozen=True)
class ListPageView(PageView):
    """A list, by page or by cursor."""

    columns: list[ColumnView]
    filters: list[str]
    sort: str
    create_path: str
    create_condition: str
    create_label: str
    actions: str
    visitor: bool
    drawer: bool
    commands: list[CommandView]
    fixed: str
    tiles: TilesView | None
    row_path: str


@dataclass(frozen=True)
class DetailPageView(PageView):
    """The page of one row; where there is a drawer too, both show the same component."""

    properties: list[PropertyView]
    drawer: bool
    actions: str
    panels: list[str]
    # The member by which the address names the row, where that is not its id.
    by_name: str
    back: str


@dataclass(frozen=True)
class DetailsView:
    """A file `<Model>Details.tsx`: everything about one row."""

    imports: str
    component: str
    class_name: str
    properties: list[PropertyView]
    changes: bool


@dataclass(frozen=True)
class HomeCardView(PageView):
    """The card of the home page."""

    create_path: str
    create_condition: str
    create_label: str
    visitor: bool
