"""What follows events and clocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.steps import statements
from stackwright_sdk.expressions import to_sql


@dataclass(frozen=True)
class Follower:
    """One subscriber or clock."""

    name: str
    event: str
    within: str
    seconds: int
    class_name: str
    item: str
    where: str
    body: list[str]


@dataclass(frozen=True)
class FollowersView:
    """A file `subscribers.ts` or `clocks.ts`."""

    imports: list[str]
    followers: list[Follower]


def subscribers_view(application: Application, subscriptions: Sequence[o.Subscription], path: str) -> FollowersView:
    """What follows events."""
    imports = ts.Imports(path)
    imports.add("src/shared/actions/events.ts", "Subscriber", type_only=True)
    followers = []
    for subscription in subscriptions:
        for event in subscription.events:
            known = subscription.model_id and not subscription.selector
            model = application.model(subscription.model_id) if known else None
            nameless = model is None and not subscription.selector
            body = Body(application, imports, model, row="row" if model else "", event=True, nameless=nameless)
            lines = statements(body, subscription.steps)
            # Where notifications are off, a subscriber that only tells somebody has nothing to do.
            if not lines:
                continue
            lines = [*_condition(body, subscription), *lines]
            if model:
                lines = [*_row_of_event(application, imports, model, event), *lines]
            if nameless and any("about." in line for line in lines):
                lines.insert(0, f"const about = event.after as {_about(lines)};")
            within = "transaction" if subscription.within_transaction else "commit"
            name = subscription.id if len(subscription.events) == 1 else f"{subscription.id}/{event}"
            followers.append(Follower(name, event, within, 0, "", "", "", lines))
    return FollowersView(imports.lines(), followers)


def _about(lines: Sequence[str]) -> str:
    """Type of what an event of no row is about: what is read of it is text."""
    names = sorted({name for line in lines for name in re.findall(r"\babout\.(\w+)", line)})
    return "{ " + "; ".join(f"{name}: string" for name in names) + " }"


def _condition(body: Body, subscription: o.Subscription) -> list[str]:
    if not subscription.HasField("if"):
        return []
    condition = value(body, getattr(subscription, "if"))
    return [f"if (!({condition})) return;"]


def _row_of_event(application: Application, imports: ts.Imports, model: m.Model, event: str) -> list[str]:
    """The row as it is now; of a deletion the row as it was."""
    class_name = application.import_model(imports, model)
    if event.endswith(".deleted") and model.delete_mode == m.DELETE_MODE_HARD:
        imports.add("src/shared/database/row.ts", "built")
        return [f"const row = built({class_name}, event.before ?? {{}});"]
    return [f"const row = await unit.lock({class_name}, event.rowId);", "if (!row) return;"]


def clocks_view(application: Application, clocks: Sequence[o.Clock], path: str) -> FollowersView:
    """What follows the clock."""
    imports = ts.Imports(path)
    imports.add("src/shared/jobs/scheduler.ts", "Clock", type_only=True)
    imports.add("src/shared/jobs/scheduler.ts", "CLOCK_BATCH")
    followers = []
    for clock in clocks:
        model = application.model(clock.model_id)
        item = model.names.variable
        lines = statements(Body(application, imports, model, item), clock.steps)
        if application.index.has_organization(model):
            imports.add("src/shared/actions/organization.ts", "enterThatOf")
            lines.insert(0, f"await enterThatOf(unit, {item});")
        where = to_sql(clock.where, application.index, model_id=model.id, this="t").text
        class_name = application.import_model(imports, model)
        followers.append(
            Follower(clock.id, "", "", clock.interval.seconds, class_name, item, ts.sql_string(where), lines)
        )
    return FollowersView(imports.lines(), followers)
