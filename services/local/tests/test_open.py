"""`stackwright open` with a real start: sign-in, page, and an end that leaves nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from local_support import PROGRAM, ROOT, Generated, Home  # type: ignore[import-not-found]  # on sys.path

_ACCOUNT = re.compile(r"^\s*(\S+)\s*│\s*(\S+@example\.com)\s*│\s*(\S+)\s*$")


@dataclass(frozen=True)
class Opened:
    """What the command printed once it served."""

    process: subprocess.Popen[str]
    address: str
    accounts: dict[str, tuple[str, str]]


@contextlib.contextmanager
def opened(home: Home, *words: str | Path) -> Iterator[Opened]:
    process = subprocess.Popen(
        [PROGRAM, "open", *map(str, words)], env=home.environment, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
        assert address, "".join(said)
        found = [match.groups() for match in map(_ACCOUNT.match, said) if match]
        yield Opened(process, address.group(), {role: (email, password) for role, email, password in found})
    finally:
        process.kill()
        process.wait(30)


def descendants(pid: int) -> set[int]:
    found = {pid}
    for path in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with contextlib.suppress(OSError):
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) in found:
                found.add(int(path.parent.name))
    return found - {pid}


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def log_in(address: str, email: str, password: str) -> dict[str, dict[str, object]]:
    body = json.dumps({"email": email, "password": password}).encode()
    request = urllib.request.Request(f"{address}/api/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, dict[str, object]] = json.load(answer)
        return found


def page(address: str, path: str) -> str:
    with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:
        assert answer.headers["Content-Type"].startswith("text/html")
        return str(answer.read().decode())


@pytest.mark.timeout(180)
def test_a_project_is_opened_with_log_ins_and_leaves_nothing(generated: Generated) -> None:
    before = tree(generated.folder)
    with opened(generated.home, generated.folder) as application:
        assert {"admin", "none"} <= set(application.accounts)
        email, password = application.accounts["admin"]
        token = log_in(application.address, email, password)["tokens"]["access_token"]
        mine = urllib.request.Request(f"{application.address}/api/roles", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(mine, timeout=30) as answer:
            assert answer.status == 200, "the administrator reads the roles"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            log_in(application.address, email, "a wrong password")
        assert '<div id="root"' in page(application.address, "/")
        assert '<div id="root"' in page(application.address, "/roles"), "the router's addresses are served too"
        started = descendants(application.process.pid)
        assert len(started) > 3, "database, back end and front end"
        application.process.send_signal(signal.SIGTERM)
        assert application.process.wait(30) == 0
        assert not [pid for pid in started if alive(pid)]
        with pytest.raises(urllib.error.URLError, match="refused"):
            urllib.request.urlopen(application.address, timeout=5)
    assert tree(generated.folder) == before, "nothing is written where it was delivered"


@pytest.mark.timeout(180)
def test_a_run_is_opened_at_the_port_that_is_asked_for(generated: Generated) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with opened(generated.home, generated.run_id, "--port", str(port)) as application:
        assert application.address == f"http://127.0.0.1:{port}"
        assert log_in(application.address, *application.accounts["none"])["user"]
        started = descendants(application.process.pid)
        application.process.send_signal(signal.SIGINT)
        assert application.process.wait(30) == 0
        assert not [pid for pid in started if alive(pid)]


@pytest.mark.timeout(240)
def test_one_with_mails_and_redis_shows_the_mails_and_its_log_ins_are_confirmed(home: Home) -> None:
    request = json.loads(home.request("mails").read_text())
    # More roles than an address may register accounts within an hour.
    roles = ("audit_logging", "comments", "content_management", "helpdesk_ticketing", "leave_management")
    more = ("inventory_management", "order_management", "employee_directory", "organizations")
    wanted = ("email_verification", "password_reset", *roles, *more)
    request["requirements"] = dict.fromkeys(wanted, True)
    request["technology_stack"]["technology_recommendations"]["database"]["secondary"] = ["Redis"]
    (home.folder / "mails.json").write_text(json.dumps(request))
    done = home.run("generate", home.folder / "mails.json", "--json")
    with opened(home, json.loads(done.stdout)["output_path"]) as application:
        assert len(application.accounts) > 10
        email, password = application.accounts["admin"]
        token = log_in(application.address, email, password)["tokens"]["access_token"]
        mails = urllib.request.Request(
            f"{application.address}/api/email-messages", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(mails, timeout=30) as answer:
            assert answer.status == 200, "the gate for addresses that are not confirmed is open"
        email, password = application.accounts["agent"]
        token = log_in(application.address, email, password)["tokens"]["access_token"]
        tickets = urllib.request.Request(
            f"{application.address}/api/tickets", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(tickets, timeout=30) as answer:
            assert json.load(answer)["total"] > 10, "everybody is a member where the example rows are"
        programs = {
            Path(f"/proc/{pid}/comm").read_text().strip() for pid in descendants(application.process.pid) if alive(pid)
        }
        assert "valkey-server" in programs
        body = json.dumps({"email": email}).encode()
        urllib.request.urlopen(
            urllib.request.Request(
                f"{application.address}/api/forgot-password", body, {"Content-Type": "application/json"}
            ),
            timeout=30,
        ).close()
        assert application.process.stdout is not None
        said = [application.process.stdout.readline() for _ in range(2)]
        assert f"Mail to {email}: " in "".join(said)
        assert f"{application.address}/reset-password#token=" in "".join(said)
        started = descendants(application.process.pid)
        application.process.send_signal(signal.SIGINT)
        assert application.process.wait(30) == 0
        assert not [pid for pid in started if alive(pid)]


def test_what_cannot_be_opened_is_refused_in_one_sentence(home: Home, generated: Generated, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    halves = shutil.copytree(generated.folder, tmp_path / "halves")
    shutil.rmtree(halves / "frontend")
    spoiled = shutil.copytree(generated.folder, tmp_path / "spoiled")
    (spoiled / ".stackwright/contract.binpb").write_bytes(b"\xff\xff")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for words, said in (
            (("nowhere",), "nowhere is neither a folder nor the id of a run"),
            (("00000000000-0000000000",), "00000000000-0000000000"),
            ((str(tmp_path / "empty"),), "is not a generated project: it has no .stackwright/contract.binpb"),
            ((str(halves),), "has no frontend/package.json"),
            ((str(spoiled),), "was changed and cannot be read"),
            ((str(generated.folder), "--port", "70000"), "expected a whole number from 0 to 65535"),
            ((str(generated.folder), "--port", str(taken.getsockname()[1])), "cannot be bound"),
        ):
            done = home.run("open", *words)
            assert done.returncode == 2, (words, done.stdout, done.stderr)
            assert said in done.stderr, done.stderr
            assert "Traceback" not in done.stderr


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("backend/src/main.js", b"import './nothing.js';\n", "the back end did not start"),
        ("backend/src/main.js", b"setTimeout(() => process.exit(3), 10);\n", "the back end did not start"),
        ("frontend/index.html", b"<script type=module src=/src/none.jsx></script>", "the front end cannot be built"),
        ("backend/package.json", b"{}", "backend/package.json has no script `start`"),
    ],
)
def test_a_project_that_does_not_start_says_why(
    home: Home, generated: Generated, tmp_path: Path, path: str, content: bytes, said: str
) -> None:
    broken = shutil.copytree(generated.folder, tmp_path / "broken")
    (broken / path).write_bytes(content)
    done = home.run("open", broken)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
