"""What a gallery tells of each row."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend.source import Imports, member
from stackwright_react_frontend.views.model import title_of
from stackwright_react_frontend.views.pages import Pages

_FACTS = 2
_TOLD = (
    model_pb2.FIELD_KIND_REF,
    model_pb2.FIELD_KIND_MONEY,
    model_pb2.FIELD_KIND_TIMESTAMP,
    model_pb2.FIELD_KIND_DATE,
)


@dataclass(frozen=True)
class TilesView:
    """The tiles, as expressions on `row`; nothing where there is nothing of the kind."""

    name: str
    text: str
    facts: list[str]


def tiles_view(pages: Pages, page: contract_pb2.Page, imports: Imports) -> TilesView:
    """A tile: the name, a few words, and what else is known."""
    imports.add("src/shared/gallery/Tiles.tsx", "Tiles")
    imports.add("src/shared/list/RowTable.tsx", "RowsProps", type_only=True)
    readable = pages.application.readable(pages.model)
    title = pages.application.title(pages.model)
    rest = [field for field in readable if field.id != (title.id if title else "")]
    texts = [field for field in rest if field.type.kind in (model_pb2.FIELD_KIND_STRING, model_pb2.FIELD_KIND_TEXT)]
    facts = [field for field in rest if field.type.kind in _TOLD][:_FACTS]
    return TilesView(
        name=title_of(pages.application, pages.model),
        text=member("row", texts[0].names.json) if texts else "",
        facts=[pages.shown(imports, field, cell=True, leads=False) for field in facts],
    )
