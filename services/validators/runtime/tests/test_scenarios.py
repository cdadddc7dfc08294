"""The scenario runner against a small application of our own."""

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from sample_contract import sample_contract, scenario  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1.measurement_pb2 import (
    CHECK_STATE_FAILED,
    CHECK_STATE_PASSED,
    CHECK_STATE_UNVERIFIED,
    BehaviourResult,
)
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.controls import Mail, UnprovenError
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.runner import run_scenario
from stackwright_runtime_validator.scenarios.values import Json


class Application:
    """Keeps users and samples in memory; `log` is what it would write on standard output."""

    def __init__(self) -> None:
        self.users: dict[str, str] = {}
        self.samples: list[dict[str, str]] = []
        self.granted: list[tuple[str, str]] = []
        self.down = False
        self.once: set[str] = set()
        self.lock = threading.Lock()
        self.log: list[str] = []
        self.sent: list[Mail] = []
        self.slow = 0
        application = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size) or b"{}")
                status, told = application.answer(self.command, self.path, body, self.headers.get("Authorization", ""))
                content = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Correlation-Id", self.headers.get("X-Correlation-Id", "made"))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                line = {"correlation": self.headers.get("X-Correlation-Id"), "status": status, "level": "info"}
                application.log.append(json.dumps(line))

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method: str, address: str, body: dict[str, str], credentials: str) -> tuple[int, object]:
        path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
        who = credentials.removeprefix("Bearer token of ") if credentials else ""
        match (method, path):
            case ("POST", "/api/register" | "/api/login"):
                self.users[body["email"]] = body["password"]
                tokens = {"access_token": f"token of {body['email']}", "refresh_token": "r"}
                return 200, {"user": {"id": f"id of {body['email']}", "email": body["email"]}, "tokens": tokens}
            case ("GET", "/api/ready"):
                return (503, {"status": "failing"}) if self.down else (200, {"status": "ok"})
            case ("GET", "/api/me"):
                return (200, {"user": {"email": who}}) if who else (401, {"error": {"code": "unauthenticated"}})
            case ("POST", "/api/samples"):
                with self.lock:
                    if body["title"] in self.once:
                        return 409, {"error": {"code": "conflict"}}
                    self.once.add(body["title"])
                    row = {"id": f"s{len(self.samples)}", "title": body["title"], "by": who}
                    self.samples.append(row)
                return 201, row
            case ("GET", "/api/samples"):
                found = [row for row in self.samples if query.get("search", [""])[0] in str(row["title"])]
                return 200, {"items": found, "total": len(found)}
            case ("DELETE", "/api/audit-entries/e1"):
                return 405, {"error": {"code": "method_not_allowed"}}
        return 404, {"error": {"code": "not_found", "path": path}}

    # Controls

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    async def grant(self, email: str, role: str) -> None:
        self.granted.append((email, role))

    async def fault(self, dependency: str, *, down: bool) -> None:
        if dependency != "database":
            raise UnprovenError(f"{dependency} cannot be taken away here")
        if down:
            self.down = True
        else:
            threading.Timer(0.3, lambda: setattr(self, "down", False)).start()

    def mails(self, address: str) -> list[Mail]:
        return [mail for mail in self.sent if mail.to == address]

    def send(self, to: str, subject: str, token: str) -> None:
        links: list[Json] = [{"path": "/reset", "query": {"token": token}}]
        self.sent.append(Mail(to, {"to": to, "subject": subject, "text": f"t {token}", "links": links}, b""))

    async def kept(self, text: str) -> list[str]:
        raise NotImplementedError

    def log_text(self) -> str:
        return "\n".join(self.log)


@pytest.fixture
def application() -> Iterator[Application]:
    running = Application()
    yield running
    running.server.shutdown()
    running.server.server_close()


async def run(application: Application, *steps: Mapping[str, object], **keys: object) -> BehaviourResult:
    told = scenario({"feature": "f", "name": "n", "line": 1, "steps": list(steps), **keys})
    async with Client(application.base_url) as client:
        return await run_scenario(told, Operations(sample_contract()), client, application)


def step(do: str, who: str = "stranger", **keys: object) -> Mapping[str, object]:
    return {"as": who, "do": do, **keys}


async def test_persons_keep_and_places(application: Application) -> None:
    result = await run(
        application,
        step("me", "ann", keep="me", expect=[200], see={"user.email": "$ann.email"}),
        step("Sample.create", "ann", **{"with": {"title": "by $me.user.email"}}, keep="s", expect=[201]),
        step(
            "Sample.list",
            "bob",
            **{"with": {"search": "by ann@"}},
            expect=[200],
            see={"total": 1, "items.0.id": "$s.id", "items[id=s0].title": {"starts": "by ann"}, "items": {"size": 1}},
        ),
        step("me", expect=[401], see={"error.code": "unauthenticated", "user": "absent"}),
    )
    assert (result.state, result.message) == (CHECK_STATE_PASSED, "")


async def test_a_role_is_somebody_who_was_granted_it(application: Application) -> None:
    result = await run(application, step("me", "admin"), step("me", "admin2"), step("me", "auditor"))
    assert result.state == CHECK_STATE_PASSED, result.message
    assert application.granted == [
        ("admin@example.org", "admin"),
        ("admin2@example.org", "admin"),
        ("auditor@example.org", "auditor"),
    ]


async def test_another_session_signs_in_again(application: Application) -> None:
    result = await run(application, step("me", "ann@phone", see={"user.email": "ann@example.org"}))
    assert result.state == CHECK_STATE_PASSED, result.message


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (step("me", expect=[200]), "step 1 (stranger: me): expected 200, got 401"),
        (step("me", expect=[200, 204]), "expected 200 or 204, got 401"),
        (step("me"), "expected a status below 400, got 401"),
        (step("me", "ann", see={"user.email": "bob@example.org"}), 'expected "bob@example.org", got "ann@example.org"'),
        (step("me", "ann", see={"user.name": "present"}), "user.name: expected a value, got nothing"),
        (step("me", "ann", see={"user.email": "absent"}), "expected to be absent"),
        (step("me", "ann", see={"text": {"lacks": ["nothing", "ann@"]}}), 'expected to lack "ann@"'),
        (step("Sample.list", "ann", see={"items": {"size": "at_least 1"}}), 'expected a size of "at_least 1", got 0'),
        (step("me", "ann", headers={"x-correlation-id": "a"}, see={"header.x-correlation-id": "b"}), 'expected "b"'),
    ],
)
async def test_what_differs_is_said(application: Application, told: Mapping[str, object], said: str) -> None:
    result = await run(application, told)
    assert result.state == CHECK_STATE_FAILED
    assert said in result.message


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"as": "stranger", "do": "me", "with": {"a": "$nobody.id"}}, "nothing was kept as “nobody”"),
        (step("Thing.create"), "neither this operation nor a model Thing"),
        ({"fault": {"dependency": "redis", "down": True}}, "redis cannot be taken away here"),
    ],
)
async def test_what_cannot_be_tried_is_unverified(
    application: Application, told: Mapping[str, object], said: str
) -> None:
    result = await run(application, told)
    assert result.state == CHECK_STATE_UNVERIFIED
    assert said in result.message


async def test_an_operation_that_the_contract_lacks_is_sent_where_it_would_be(application: Application) -> None:
    result = await run(
        application, step("AuditEntry.delete", id="e1", expect=[405]), step("no_such_thing", expect=[404])
    )
    assert result.state == CHECK_STATE_PASSED, result.message


async def test_runs_at_once_are_counted(application: Application) -> None:
    told = step("Sample.create", "each", **{"with": {"title": "one"}})
    right = await run(application, told, atOnce=5, expectCounts={"201": 1, "other": 4})
    assert right.state == CHECK_STATE_PASSED, right.message
    application.once.clear()
    wrong = await run(application, told, atOnce=5, expectCounts={"201": 2, "other": 3})
    assert wrong.state == CHECK_STATE_FAILED
    assert "5 at once: expected 2 x 201, 3 x other, got 1 x 201, 4 x 409" in wrong.message
    assert len({email for email in application.users if email.startswith("each")}) == 5


async def test_a_fault_and_what_comes_true_within_a_time(application: Application) -> None:
    down = {"fault": {"dependency": "database", "down": True}}
    up = {"fault": {"dependency": "database", "down": False}}
    result = await run(application, down, step("ready", expect=[503]), up, step("ready", expect=[200], withinSeconds=5))
    assert result.state == CHECK_STATE_PASSED, result.message
    too_late = await run(application, down, step("ready", expect=[200], withinSeconds=0.3))
    assert "(after 0.3 s)" in too_late.message


async def test_the_log_is_read_by_correlation(application: Application) -> None:
    asked = step("me", headers={"x-correlation-id": "c-1"}, expect=[401])
    line = {"log": {"correlation": "c-1"}, "see": {"size": 1, "0.status": 401}}
    result = await run(application, asked, line, {"log": {"all": True}, "see": {"text": {"lacks": "c-2"}}})
    assert result.state == CHECK_STATE_PASSED, result.message


async def test_a_mail_is_waited_for_and_kept(application: Application) -> None:
    later = threading.Timer(0.3, lambda: application.send("ann@example.org", "Reset your password", "new"))
    application.send("ann@example.org", "Welcome", "old")
    later.start()
    result = await run(
        application,
        step("me", "ann"),
        {"mail": {"to": "ann"}, "see": {"subject": {"starts": "Reset"}, "count": 2}, "keep": "m", "withinSeconds": 5},
        # The newest that is as expected, not the newest.
        {"mail": {"to": "$ann.email"}, "see": {"subject": "Welcome"}, "keep": "old"},
        step("Sample.create", "ann", **{"with": {"title": "$m.links.0.query.token"}}, see={"title": "new"}),
        step("Sample.create", "ann", **{"with": {"title": "$old.links.0.query.token"}}, see={"title": "old"}),
        {"mail": {"to": "bob@example.org"}, "see": {"count": 0}},
    )
    assert result.state == CHECK_STATE_PASSED, result.message


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"mail": {"to": "bob@example.org"}, "withinSeconds": 0.1}, "no mail came to bob@example.org"),
        (
            {"mail": {"to": "ann@example.org"}, "see": {"subject": "Bye"}, "withinSeconds": 0.1},
            'of 1 mails to ann@example.org none is as expected; the newest: subject: expected "Bye", got "Welcome"',
        ),
        ({"mail": {"to": "ann@example.org"}, "see": {"count": 0}, "withinSeconds": 0.1}, "count: expected 0, got 1"),
    ],
)
async def test_a_mail_that_is_not_as_expected_is_said(
    application: Application, told: Mapping[str, object], said: str
) -> None:
    application.send("ann@example.org", "Welcome", "t")
    result = await run(application, told)
    assert result.state == CHECK_STATE_FAILED
    assert said in result.message


async def test_an_application_that_does_not_answer_is_a_failure(application: Application) -> None:
    application.server.shutdown()
    application.server.server_close()
    result = await run(application, step("me"))
    assert result.state == CHECK_STATE_FAILED
    assert "no answer" in result.message
