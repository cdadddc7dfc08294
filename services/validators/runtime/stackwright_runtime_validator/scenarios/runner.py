"""Runs one scenario of the catalogue against one started application."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from stackwright.code.v1 import measurement_pb2
from stackwright.contract.v1 import behaviour_pb2
from stackwright_runtime_validator.scenarios.client import Answer, Client, NoAnswerError
from stackwright_runtime_validator.scenarios.controls import Controls, UnprovenError
from stackwright_runtime_validator.scenarios.documented import undocumented
from stackwright_runtime_validator.scenarios.expectations import MismatchError, Subject, compare, status_problem
from stackwright_runtime_validator.scenarios.operations import Operations, UnknownOperationError
from stackwright_runtime_validator.scenarios.persons import EACH, STRANGER, People, Person
from stackwright_runtime_validator.scenarios.places import (
    Kept,
    PlaceError,
    Scope,
    fill,
    fill_expected,
    fill_input,
    names_in,
)
from stackwright_runtime_validator.scenarios.values import Json, PathError, from_proto, plain

# A request's log line may be written a moment after its answer.
_LOG_SECONDS = 3.0
# A mail is sent after its transaction, by whoever empties the queue.
_MAIL_SECONDS = 10.0
_RETRY_SECONDS = 0.1
_LOGGED = 800


async def run_scenario(
    scenario: behaviour_pb2.Scenario,
    operations: Operations,
    client: Client,
    controls: Controls,
    known: Mapping[str, Person] | None = None,
) -> measurement_pb2.BehaviourResult:
    """Runs it and tells how it went; never raises for what the application does.

    The caller starts the application with `scenario.settings`, on a database of its own. `known` are persons who
    exist there already.
    """
    started = time.monotonic()
    run = _Run(scenario, operations, client, controls, People(operations, client, controls, known))
    state, message = measurement_pb2.CHECK_STATE_PASSED, ""
    try:
        await run.all()
    except (MismatchError, NoAnswerError) as error:
        state, message = measurement_pb2.CHECK_STATE_FAILED, str(error) + _logged_errors(controls.log_text())
    except (UnprovenError, UnknownOperationError, PlaceError, PathError) as error:
        state, message = measurement_pb2.CHECK_STATE_UNVERIFIED, f"{run.where}{error}"
    return measurement_pb2.BehaviourResult(
        name=scenario.name, state=state, message=message, seconds=time.monotonic() - started
    )


class _Run:
    def __init__(
        self,
        scenario: behaviour_pb2.Scenario,
        operations: Operations,
        client: Client,
        controls: Controls,
        people: People,
    ) -> None:
        self._scenario = scenario
        self._operations = operations
        self._client = client
        self._controls = controls
        self._people = people
        self.where = ""

    async def all(self) -> None:
        scope = Scope(persons=self._people.data)
        for number, step in enumerate(self._scenario.given, 1):
            await self._step(step, scope, f"given {number}")
        steps = self._scenario.steps
        if not self._scenario.at_once:
            for number, step in enumerate(steps, 1):
                await self._step(step, scope, f"step {number}")
            return
        statuses = await self._together(steps, scope)
        self._count(statuses)

    async def _together(self, steps: Sequence[behaviour_pb2.ScenarioStep], scope: Scope) -> list[int]:
        if self._scenario.at_once == 1:
            for step in steps:
                await self._prepare(step)
            return list(await asyncio.gather(*(self._step(s, scope.copy(), "at once") for s in steps)))
        runs = []
        for _ in range(self._scenario.at_once):
            mine = (
                {EACH: await self._people.get(EACH)}
                if any(step.__getattribute__("as") == EACH for step in steps)
                else {}
            )
            runs.append(self._one_run(steps, scope.copy(), mine))
        for step in steps:
            await self._prepare(step)
        return list(await asyncio.gather(*runs))

    async def _one_run(
        self, steps: Sequence[behaviour_pb2.ScenarioStep], scope: Scope, mine: Mapping[str, Person | None]
    ) -> int:
        status = 0
        for number, step in enumerate(steps, 1):
            status = await self._step(step, scope, f"step {number} of one run at once", mine)
        return status

    async def _prepare(self, step: behaviour_pb2.ScenarioStep) -> None:
        # Persons are made before the start, so that only the steps themselves run together.
        label = _actor(step)
        if label != EACH:
            await self._people.get(label)
        await self._name_persons(step)

    def _count(self, statuses: list[int]) -> None:
        expected = dict(self._scenario.expect_counts)
        if not expected:
            return
        got = Counter(str(status) if str(status) in expected else "other" for status in statuses)
        broken = [status for status in statuses if status >= 500 and str(status) not in expected]
        if broken or any(got[key] != count for key, count in expected.items()) or got.keys() - expected.keys():
            wanted = ", ".join(f"{count} x {key}" for key, count in sorted(expected.items()))
            came = ", ".join(f"{count} x {status}" for status, count in sorted(Counter(statuses).items()))
            raise MismatchError(f"{len(statuses)} at once: expected {wanted}, got {came}")

    async def _step(
        self,
        step: behaviour_pb2.ScenarioStep,
        scope: Scope,
        label: str,
        mine: Mapping[str, Person | None] | None = None,
    ) -> int:
        """Runs it, again and again while it is `within` its time, and gives its status."""
        self.where = where = f"{label} ({_title(step)}): "
        await self._name_persons(step)
        deadline = time.monotonic() + (step.within_seconds or _patience(step))
        while True:
            try:
                return await self._once(step, scope, mine or {})
            except (MismatchError, NoAnswerError) as error:
                if time.monotonic() >= deadline:
                    suffix = f" (after {step.within_seconds:g} s)" if step.within_seconds else ""
                    raise MismatchError(f"{where}{error}{suffix}") from None
            await asyncio.sleep(_RETRY_SECONDS)

    async def _once(self, step: behaviour_pb2.ScenarioStep, scope: Scope, mine: Mapping[str, Person | None]) -> int:
        if step.HasField("fault"):
            await self._controls.fault(step.fault.dependency, down=step.fault.down)
            return 0
        if step.HasField("log"):
            self._see(step, scope, self._log(step.log))
            return 0
        if step.HasField("mail"):
            await self._mail(step, scope)
            return 0
        if step.do == "documented":
            document = fill(from_proto(getattr(step, "with")), scope)
            problems = await undocumented(document, self._operations, self._client)
            if problems:
                raise MismatchError(
                    "; ".join(problems[:8]) + (f"; and {len(problems) - 8} more" if len(problems) > 8 else "")
                )
            return 200
        answer = await self._send(step, scope, mine)
        problem = status_problem(answer.status, step.expect) if step.expect or not self._scenario.at_once else ""
        if problem:
            raise MismatchError(f"{problem}: {answer.summary()}")
        self._see(step, scope, answer.subject, answer)
        if step.keep:
            scope.kept[step.keep] = Kept(answer.body, self._operations.model_of(step.do))
        return answer.status

    async def _send(self, step: behaviour_pb2.ScenarioStep, scope: Scope, mine: Mapping[str, Person | None]) -> Answer:
        label = _actor(step)
        person = mine[label] if label in mine else await self._people.get(label)
        row = plain(fill(step.id, scope)) if step.id else ""
        filled = fill_input(from_proto(getattr(step, "with")), scope, self._operations, step.do)
        headers = {key: plain(fill(value, scope)) for key, value in step.headers.items()}
        route = self._operations.route(step.do, row=bool(row))
        if route.operation is not None and route.operation.idempotent_required:
            headers.setdefault(
                self._operations.contract.conventions.idempotency_header or "Idempotency-Key", f"key-{id(headers)}"
            )
        # One without a value is left out, though the operation asks for it.
        headers = {key: value for key, value in headers.items() if value}
        request = route.fill(row, filled.values, filled.uploads, headers)
        return await self._client.send(request, token=person.access_token if person else "")

    async def _mail(self, step: behaviour_pb2.ScenarioStep, scope: Scope) -> None:
        """The newest mail that is as expected; what is wrong with the newest, when none is."""
        to = plain(fill(step.mail.to, scope))
        person = await self._people.get(to) if self._people.is_label(to) else None
        address = person.email if person else to
        mails = self._controls.mails(address)
        count = len(mails)
        problem: MismatchError | None = None
        for mail in reversed(mails):
            body: dict[str, Json] = {**mail.body, "count": count}
            try:
                self._see(step, scope, Subject(body, str(mail.body["text"]), mail.content))
            except MismatchError as error:
                problem = problem or error
                continue
            if step.keep:
                scope.kept[step.keep] = Kept(body)
            return
        if problem is not None:
            raise MismatchError(f"of {count} mails to {address} none is as expected; the newest: {problem}")
        self._see(step, scope, Subject({"count": 0}, ""))
        if "count" not in step.see.fields:
            raise MismatchError(f"no mail came to {address}")

    def _log(self, query: behaviour_pb2.LogQuery) -> Subject:
        lines = [line for line in self._controls.log_text().splitlines() if line.strip()]
        parsed: list[Json] = []
        chosen = []
        for line in lines:
            entry = _json_line(line)
            correlation = entry.get("correlation") if isinstance(entry, dict) else None
            if query.correlation and correlation != query.correlation:
                continue
            chosen.append(line)
            parsed.append(entry)
        return Subject(parsed, "\n".join(chosen))

    def _see(
        self, step: behaviour_pb2.ScenarioStep, scope: Scope, subject: Subject, answer: Answer | None = None
    ) -> None:
        expected = fill_expected(from_proto(step.see), scope)
        if not isinstance(expected, dict) or not expected:
            return
        problems = compare(subject, expected)
        if problems:
            raise MismatchError("; ".join(problems) + (f" — {answer.summary()}" if answer else ""))

    async def _name_persons(self, step: behaviour_pb2.ScenarioStep) -> None:
        named = names_in(from_proto(getattr(step, "with"))) | names_in(from_proto(step.see)) | names_in(step.id)
        for name in sorted(named | names_in(list(step.headers.values()))):
            if self._people.is_label(name):
                await self._people.get(name)


def _logged_errors(text: str) -> str:
    """The last line of level error that the application wrote, since its answers rightly tell nothing."""
    for line in reversed(text.splitlines()):
        entry = _json_line(line)
        if isinstance(entry, dict) and entry.get("level") == "error" and entry.get("message") != "request":
            return f" — the application logged: {line[:_LOGGED]}"
    return ""


def _patience(step: behaviour_pb2.ScenarioStep) -> float:
    return _LOG_SECONDS if step.HasField("log") else _MAIL_SECONDS if step.HasField("mail") else 0


def _actor(step: behaviour_pb2.ScenarioStep) -> str:
    # `as` is a word of Python.
    label: str = getattr(step, "as")
    return label or STRANGER


def _title(step: behaviour_pb2.ScenarioStep) -> str:
    if step.HasField("fault"):
        return f"{step.fault.dependency} {'down' if step.fault.down else 'up'}"
    if step.HasField("mail"):
        return f"mail to {step.mail.to}"
    if step.HasField("log"):
        return f"log {step.log.correlation or 'all'}"
    return f"{_actor(step)}: {step.do}"


def _json_line(line: str) -> Json:
    try:
        parsed: Json = json.loads(line)
    except ValueError:
        return None
    return parsed
