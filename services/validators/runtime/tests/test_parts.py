"""The smaller parts of a proof: commands, installation, summaries of suites, and what results say about a line."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sample_contract import sample_contract  # type: ignore[import-not-found]  # on sys.path

from stackwright.code.v1.measurement_pb2 import BehaviourResult
from stackwright.handler.v1.request_response_pb2 import Command
from stackwright_runtime_validator.proof.commands import Commands
from stackwright_runtime_validator.proof.install import Toolchain
from stackwright_runtime_validator.proof.place import Place
from stackwright_runtime_validator.proof.processes import free_port
from stackwright_runtime_validator.proof.results import FAILED, PASSED, UNVERIFIED, BehaviourRun, Line, shows
from stackwright_runtime_validator.proof.suites import counts
from stackwright_runtime_validator.scenarios.client import Client
from stackwright_runtime_validator.scenarios.documented import undocumented
from stackwright_runtime_validator.scenarios.operations import Operations
from stackwright_runtime_validator.scenarios.values import Json
from stackwright_sdk.browser import Browser


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (["npm", "run", "start"], ("/bin/sh", "-c", "exec node main.ts")),
        (["npm", "start"], ("/bin/sh", "-c", "exec node main.ts")),
        (["npm", "test"], ("/bin/sh", "-c", "tsc && vitest run")),
        (["npm", "run", "grant", "--"], ("/bin/sh", "-c", "exec node grant.ts")),
        (["npm", "run", "grant", "--", "a b", "c"], ("/bin/sh", "-c", "exec node grant.ts 'a b' c")),
        (["npm", "run", "nothing"], ("npm", "run", "nothing")),
        (["python", "manage.py"], ("python", "manage.py")),
    ],
)
def test_scripts_of_npm_run_as_they_stand(tmp_path: Path, argv: list[str], wanted: tuple[str, ...]) -> None:
    told = {"start": "node main.ts", "test": "tsc && vitest run", "grant": "node grant.ts"}
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend/package.json").write_text(json.dumps({"scripts": told}))
    command = Command(name="x", directory="backend", argv=argv, environment={"A": "1"})
    found = Commands(tmp_path, [command], "/node").find("x", "backend")
    assert found is not None
    assert tuple(word.rstrip() for word in found.argv) == wanted
    assert found.env["A"] == "1"
    assert found.env["PATH"].endswith("node_modules/.bin:/node")
    assert Commands(tmp_path, [command], "/node").find("x", "frontend") is None


@pytest.fixture
def toolchain(tmp_path: Path) -> Toolchain:
    modules = tmp_path / "toolchain" / "node_modules"
    for name in ("a", "b", "@s/c", "alone"):
        (modules / name).mkdir(parents=True)
    (modules / ".bin").mkdir()
    (modules / ".bin/a-tool").symlink_to("../a/cli.js")
    (modules / ".bin/alone-tool").symlink_to("../alone/cli.js")
    packages = {
        "": {},
        "node_modules/a": {"version": "1.0.0", "integrity": "i", "dependencies": {"b": "*"}},
        "node_modules/b": {"version": "2.0.0", "integrity": "i", "peerDependencies": {"@s/c": "*"}},
        "node_modules/@s/c": {"version": "3.0.0", "integrity": "i"},
        "node_modules/alone": {"version": "4.0.0", "integrity": "i"},
    }
    (tmp_path / "toolchain/package-lock.json").write_text(json.dumps({"packages": packages}))
    return Toolchain(tmp_path / "toolchain")


def half(tmp_path: Path, declared: dict[str, str], lock: dict[str, object] | None = None) -> Path:
    folder = tmp_path / "half"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps({"dependencies": declared}))
    if lock is not None:
        (folder / "package-lock.json").write_text(json.dumps({"packages": lock}))
    return folder


def test_only_what_is_declared_and_needed_is_installed(tmp_path: Path, toolchain: Toolchain) -> None:
    folder = half(tmp_path, {"a": "1.0.0"})
    done = toolchain.install(folder)
    assert done.problems == []
    assert done.packages == 3
    assert {path.name for path in (folder / "node_modules").iterdir()} == {"a", "b", "@s", ".bin"}
    assert [path.name for path in (folder / "node_modules/.bin").iterdir()] == ["a-tool"]


@pytest.mark.parametrize(
    ("declared", "lock", "said"),
    [
        ({"a": "1.0.1"}, None, "a: 1.0.1 is declared, the toolchain has 1.0.0"),
        ({"left-pad": "1.0.0"}, None, "left-pad: declared, but not in the toolchain"),
        ({"a": "1.0.0"}, {}, "a: declared, but not in package-lock.json"),
        (
            {"a": "1.0.0"},
            {"node_modules/a": {"version": "1.0.0", "integrity": "other"}},
            "node_modules/a: package-lock.json has 1.0.0, the toolchain 1.0.0",
        ),
    ],
)
def test_what_cannot_be_installed_is_named(
    tmp_path: Path, toolchain: Toolchain, declared: dict[str, str], lock: dict[str, object] | None, said: str
) -> None:
    folder = half(tmp_path, declared, lock)
    assert said in toolchain.install(folder).problems
    assert not (folder / "node_modules").exists()


@pytest.mark.parametrize(
    ("output", "wanted"),
    [
        (" Test Files  1 failed (2)\n      Tests  1 failed | 12 passed | 2 skipped (15)\n", (12, 1, 2)),
        ("\x1b[2m      Tests \x1b[22m \x1b[32m31 passed\x1b[39m (31)\n", (31, 0, 0)),
        ("==== 1 failed, 3 passed, 1 error in 2.10s ====\n", (3, 2, 0)),
        ("5 passed in 0.31s\n", (5, 0, 0)),
        ("nothing of the kind", (0, 0, 0)),
    ],
)
def test_summaries_are_counted(output: str, wanted: tuple[int, int, int]) -> None:
    assert counts(output) == wanted


def test_a_line_is_as_good_as_its_worst_test_and_unverified_without_one() -> None:
    contract = sample_contract(("role_based_access_control", "user_management"))

    def ran(feature: str, number: int, state: int) -> BehaviourRun:
        return BehaviourRun(Line(feature, number), BehaviourResult(name="n", state=state))  # type: ignore[arg-type]

    runs = [
        ran("role_based_access_control", 1, PASSED),
        ran("role_based_access_control", 1, PASSED),
        ran("role_based_access_control", 2, PASSED),
        ran("role_based_access_control", 2, UNVERIFIED),
        ran("user_management", 1, UNVERIFIED),
        ran("user_management", 1, FAILED),
    ]
    told = {(show.feature, show.line): show.state for show in shows(contract, runs)}
    assert told == {
        ("role_based_access_control", 1): PASSED,
        ("role_based_access_control", 2): UNVERIFIED,
        ("user_management", 1): FAILED,
        ("user_management", 2): UNVERIFIED,
        ("user_management", 3): UNVERIFIED,
    }
    assert shows(contract, [], "there is no sandbox")[0].behaviours[0].message == "there is no sandbox"
    assert BehaviourRun.decode(runs[0].encode().strip()) == runs[0]


def test_a_place_goes_through_a_command_line() -> None:
    browser = Browser(Path("/c/chromium"), ("--a",), {"X": "1"}, (Path("/c"),))
    place = Place(Path("/r"), Path("/s"), Path("/b"), Path("/t"), Path("/n"), 5432, browser, 2, ("a:1",))
    assert Place.decode(place.encode()) == place


class _Served(BaseHTTPRequestHandler):
    """`GET /api/me`, and `DELETE /api/live` which no document names."""

    routes = {"/api/me": {"GET"}, "/api/live": {"GET", "DELETE"}}  # noqa: RUF012 - read only

    def answer(self) -> None:
        allowed = self.routes.get(self.path, set())
        status = 404 if not allowed else 401 if self.command in allowed else 405
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Allow", ", ".join(sorted(allowed | {"HEAD"})))
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        pass


@pytest.fixture
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_port_is_none_that_goes_to_whoever_names_none() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert all(1024 <= free_port() < lowest for _ in range(50))


async def test_a_document_is_compared_with_contract_and_application(served: str) -> None:
    contract = sample_contract(())
    kept = [operation for operation in contract.operations if operation.names.call in ("me", "live", "logout")]
    del contract.operations[:]
    contract.operations.extend(kept)
    document: Json = {"paths": {"/api/me": {"get": {}}, "/api/live": {"get": {}}, "/api/gone": {"get": {}}}}
    async with Client(served) as client:
        problems = await undocumented(document, Operations(contract), client)
        assert problems == [
            "POST /api/logout (logout) is not in the document",
            "GET /api/gone is in the document but not in the contract",
            "GET /api/gone is in the document but not served: 404",
            "PUT /api/gone is not in the document, yet it answers 404 instead of 405",
            "/api/live serves DELETE, GET; the document has GET",
        ]
        assert await undocumented({}, Operations(contract), client) == ["the document has no `paths`"]
