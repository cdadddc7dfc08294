"""Rows otherwise than as a list: in the columns of a board, below one another, in a month, as tiles."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.source import Imports, attribute, key, member, sentence, string
from stackwright_react_frontend.views.model import hook_name, is_versioned, title_of
from stackwright_react_frontend.views.pages import Pages

_FACTS = 3


@dataclass(frozen=True)
class CollectionView:
    """What the pages of all these views share."""

    imports: str
    component: str
    class_name: str
    title: str
    label: str
    plural: str
    name: str
    hook: str
    fixed: str
    detail_path: str
    actions: str
    facts: list[str]
    create_path: str
    create_condition: str
    create_label: str
    visitor: bool


@dataclass(frozen=True)
class BoardView(CollectionView):
    """A board: the columns are the members of an enum."""

    by: str
    parameter: str
    labels: str
    # Column, and the actions that lead to it; empty where moving is a change like any other.
    moves: list[tuple[str, str]]
    update: str
    update_hook: str
    versioned: bool


@dataclass(frozen=True)
class TreeView(CollectionView):
    """A tree: rows refer to the one above them."""

    parent: str
    parameter: str
    position: str
    move: str
    move_hook: str


@dataclass(frozen=True)
class CalendarView(CollectionView):
    """A calendar: rows stand on a day, or from one to another."""

    start: str
    end: str
    # Parameters of the list for the days that are shown.
    bounds: list[str]


class CollectionPage:
    """One page of these views while it is put together."""

    def __init__(self, pages: Pages, page: contract_pb2.Page, actions_module: str, actions: str) -> None:
        self.pages = pages
        self.page = page
        self._actions = (actions_module, actions)
        self.imports = Imports(f"{pages.folder}/{page.names.file}.tsx")

    @property
    def _model(self) -> model_pb2.Model:
        return self.pages.model

    def _field(self, name: str) -> model_pb2.Field | None:
        return next((field for field in self.pages.application.readable(self._model) if field.name == name), None)

    def _facts(self, without: set[str], most: int = _FACTS, kinds: tuple[int, ...] = ()) -> list[str]:
        """What a card tells besides its name: what the list shows first, of these kinds alone if any are given."""
        application = self.pages.application
        listing = application.page(self._model, contract_pb2.VIEW_LIST)
        title = application.title(self._model)
        hidden = {*without, title.name if title else "", self.pages.alone(), *(self.pages.fixed(self.page) or {})}
        known = [field for field in application.readable(self._model) if field.type.kind not in fields.NOT_LISTED]
        chosen = [field for name in (listing.columns if listing else []) for field in known if field.name == name]
        long = (model_pb2.FIELD_KIND_TEXT, model_pb2.FIELD_KIND_RICHTEXT)
        kept = [field for field in chosen or known if field.name not in hidden and field.type.kind not in long]
        kept = [field for field in kept if not kinds or field.type.kind in kinds]
        # Within a card nothing but its name leads elsewhere.
        return [self.pages.shown(self.imports, field, cell=True, leads=False) for field in kept[:most]]

    def _shared(self, *, facts: list[str], acts: bool = True) -> dict[str, object]:
        """The members of `CollectionView`. To be asked for last: it holds the lines of all imports until then."""
        pages, page, imports = self.pages, self.page, self.imports
        imports.add("src/shared/ui/Page.tsx", "Page")
        imports.add(pages.application.types_module(pages.model), pages.model.names.class_name, type_only=True)
        hook = pages.hook(imports, pages.listing)
        module, actions = self._actions
        if actions and acts:
            imports.add(module, actions)
        condition = pages.creation(imports)
        fixed = pages.fixed(page) or {}
        kind = contract_pb2.View.Name(page.view).removeprefix("VIEW_").lower()
        # The list has the plain name.
        plain = page.title in ("", self._model.names.plural_label)
        title = f"{self._model.names.label} {kind}" if plain else page.title
        return {
            "component": page.names.component,
            "class_name": self._model.names.class_name,
            "title": attribute(title),
            "label": attribute(self._model.names.plural_label),
            "plural": sentence(self._model.names.plural_label),
            "name": title_of(pages.application, self._model),
            "hook": hook,
            "fixed": "".join(f", {key(name)}: {string(value)}" for name, value in fixed.items()),
            "detail_path": pages.application.detail_path(self._model) if pages.read else "",
            "actions": actions,
            "facts": facts,
            "create_path": pages.create_path,
            "create_condition": condition,
            "create_label": pages.create_label(),
            "visitor": "visitor." in condition,
            "imports": imports.text,
        }

    def board(self) -> BoardView | str:
        """The board, or why there is none."""
        field = self._field(self.page.by_member)
        if field is None or field.type.kind != model_pb2.FIELD_KIND_ENUM:
            return "a board needs a set of values (an enum) for its columns"
        application, imports = self.pages.application, self.imports
        for module, name in (("src/shared/board/Board.tsx", "Board"), ("src/shared/options.ts", "optionsOf")):
            imports.add(module, name)
        imports.add("src/shared/list/types.ts", "Load", type_only=True)
        self.pages.labels(imports, field)
        names = {operation.id: operation.name for operation in application.operations(self._model)}
        leading: dict[str, dict[str, None]] = {}
        if self._model.states.field_id == field.id:
            for pair in self._model.states.transitions:
                if pair.operation_id in names:
                    leading.setdefault(pair.to, {})[string(names[pair.operation_id])] = None
        update = application.operation(self._model, operation_pb2.OPERATION_KIND_UPDATE)
        changes = update is not None and not leading and field.id in {known.id for known in update.inputs}
        update_hook = self.pages.hook(imports, update) if changes else ""
        facts = self._facts({field.name})
        return BoardView(
            **self._shared(facts=facts),  # type: ignore[arg-type]  # exactly the members of `CollectionView`
            by=member("row", field.names.json),
            parameter=key(field.names.json),
            labels=fields.labels_name(field),
            moves=[(key(state), ", ".join(found)) for state, found in leading.items()],
            update=update.names.function if changes and update else "",
            update_hook=update_hook,
            versioned=is_versioned(self._model),
        )

    def tree(self) -> TreeView | str:
        """The tree, or why there is none."""
        field = self._field(self.page.by_member)
        if field is None or field.type.kind != model_pb2.FIELD_KIND_REF or self._model.id not in field.type.targets:
            return "a tree needs a reference of the model to itself"
        application, imports = self.pages.application, self.imports
        imports.add("src/shared/tree/Tree.tsx", "Tree")
        imports.add("src/shared/list/types.ts", "Load", type_only=True)
        imports.add("@reduxjs/toolkit/query/react", "skipToken")
        rule = next((rule.ordered for rule in self._model.rules if rule.WhichOneof("kind") == "ordered"), None)
        move = application.operation(self._model, operation_pb2.OPERATION_KIND_MOVE)
        order = application.fields.get(rule.by_field_id) if rule and field.id in rule.per_field_ids else None
        move_hook = imports.add(application.api_module(move), hook_name(move)) if order and move else ""
        facts = self._facts({field.name, order.name if order else ""}, 1, (model_pb2.FIELD_KIND_STRING,))
        return TreeView(
            **self._shared(facts=facts),  # type: ignore[arg-type]  # as above
            parent=member("row", field.names.json),
            parameter=field.names.json,
            position=member("row", order.names.json) if order and move else "",
            move=move.names.function if order and move else "",
            move_hook=move_hook,
        )

    def calendar(self) -> CalendarView | str:
        """The calendar, or why there is none."""
        days = (model_pb2.FIELD_KIND_DATE, model_pb2.FIELD_KIND_TIMESTAMP)
        start, end = self._field(self.page.from_member), self._field(self.page.to_member)
        if start is None or start.type.kind not in days or (end is not None and end.type.kind != start.type.kind):
            return "a calendar needs the date or timestamp on which a row begins"
        imports = self.imports
        imports.add("src/shared/calendar/Calendar.tsx", "Calendar")
        imports.add("src/shared/list/types.ts", "Load", type_only=True)
        first, last = "first", "last"
        if start.type.kind == model_pb2.FIELD_KIND_TIMESTAMP:
            imports.add("src/shared/calendar/days.ts", "addDays")
            imports.add("src/shared/calendar/days.ts", "startOf")
            first, last = "startOf(first)", "startOf(addDays(last, 1))"
        below = "lte" if last == "last" else "lt"
        # Without an end that every row has, a row is found by its beginning.
        late = end if end is not None and not end.optional else start
        name = title_of(self.pages.application, self._model)
        group = self._field(self.page.by_member) if self.page.by_member else None
        if group is not None and group.type.kind == model_pb2.FIELD_KIND_REF:
            whose = f"{member('row', group.names.json)}?.display"
            name = f"{whose} ?? {string(self._model.names.label)}" if name.startswith(whose) else name
            if not name.startswith(whose):
                name = f'[{whose}, {name}].filter(Boolean).join(" · ")'
        shared = self._shared(facts=[], acts=False)
        return CalendarView(
            **{**shared, "name": name},  # type: ignore[arg-type]  # as above
            start=member("row", start.names.json),
            end=member("row", end.names.json) if end else "",
            bounds=[
                f"{string(start.names.json + f'[{below}]')}: {last}",
                f"{string(late.names.json + '[gte]')}: {first}",
            ],
        )
