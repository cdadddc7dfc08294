"""Makes writes and compares the rows that changed with the entries of the log that came.

What changed is read from the tables, not from the log: a write past the base would show.
"""

from collections.abc import Iterable, Mapping

from stackwright.contract.v1 import model_pb2
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.scenarios.persons import Person
from stackwright_runtime_validator.scenarios.places import sample_file
from stackwright_runtime_validator.scenarios.values import MISSING, Json, find

Row = tuple[str, str]


def told_columns(model: model_pb2.Model) -> list[str]:
    """Columns that somebody writes.

    Without what the database keeps by itself: values that follow from other rows, and links to rows that went. Without
    the time of the last login: signing in is told by an event of its own, `logged_in`. Without the place in a list:
    what gives way to a row that is moved is told by the entry of that row.
    """
    places = {rule.ordered.by_field_id for rule in model.rules if rule.HasField("ordered")}
    deleted = [] if model.delete_mode == model_pb2.DELETE_MODE_HARD else ["deleted_at"]
    return deleted + [
        f'"{field.names.column}"'
        for field in model.fields
        if field.names.column
        and not field.HasField("value")
        and field.type.kind != model_pb2.FIELD_KIND_ANY
        and field.name != "last_login_at"
        and field.id not in places
    ]


class Ledger:
    """Makes writes, and compares the rows that changed with the entries that came."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.made: set[str] = set()
        self.silent: list[str] = []
        self.changes = 0
        self._rows: dict[Row, str] = {}
        self._entries: set[str] = set()
        seeds = {seed.model_id for seed in app.contract.seeds}
        self._seeded = {model.name for model in app.contract.models if model.id in seeds}

    async def look(self, after: str, moved: str = "") -> None:
        """Compare what is there now with what was there before, both seen at one moment. `moved` must be told too."""
        rows: dict[Row, str] = {}
        async with self.app.database() as database, database.transaction(isolation="repeatable_read"):
            for model in self.app.contract.models:
                if model.kind in {model_pb2.MODEL_KIND_INTERNAL, model_pb2.MODEL_KIND_LOG}:
                    continue  # what the application keeps for itself, and the log
                columns = ", ".join(told_columns(model))
                table = self.app.table(model.name)
                for row in await database.fetch(f"SELECT id::text, md5(ROW({columns})::text) AS hash FROM {table}"):
                    rows[model.name, row["id"]] = row["hash"]
            entries = await database.fetch(
                f"SELECT id::text, target_model, target_id::text FROM {self.app.table('AuditEntry')}"
            )
        changed = {key for key in rows.keys() | self._rows.keys() if rows.get(key) != self._rows.get(key)}
        told = {(row["target_model"], row["target_id"]) for row in entries if row["id"] not in self._entries}
        if self._rows:
            self.changes += len(changed)
            told |= {(model, row) for model, row in changed if self._begins_with(model, told)}
            assert not moved or moved in {row for _, row in told}, f"{after} moved {moved} without an entry"
            self.silent += [f"{after} changed {model} {row} without an entry" for model, row in sorted(changed - told)]
        self._rows, self._entries = rows, {row["id"] for row in entries}

    def _begins_with(self, model: str, told: set[Row]) -> bool:
        """Whether rows of a model come with an organization that was made: its own entry stands for them."""
        return model in self._seeded and any(about == "Organization" for about, _ in told)

    async def do(
        self,
        call: str,
        values: dict[str, Json] | None = None,
        *,
        by: str | Person = "ann",
        row: str = "",
        file: str = "",
        headers: Mapping[str, str] | None = None,
        expect: Iterable[int] = (200, 201, 204),
    ) -> Json:
        """One write that must succeed."""
        uploads = {"content": sample_file(file)} if file else {}
        request = self.app.operations.route(call, row=bool(row)).fill(row, values or {}, uploads, headers or {})
        answer = await self.app.send(request, by=by)
        assert answer.status in expect, f"{call}: {answer.summary()}"
        self.made.add(call)
        await self.look(call, moved=row if call.endswith(".move") else "")
        return answer.body


def part(body: Json, path: str) -> str:
    """What stands at this place of an answer."""
    found = find(body, path)
    assert found is not MISSING, f"there is no {path} in {body}"
    return str(found)
