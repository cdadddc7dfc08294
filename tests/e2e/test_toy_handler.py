"""Every service as a process of its own, and a handler for another technology that joins while they run."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bench.suite_process import ROOT

pytestmark = pytest.mark.timeout(300)

EXAMPLE = json.loads((ROOT / "examples" / "seven-features.json").read_text())
FIELD = "technology_stack.technology_recommendations.frontend.framework"
VALIDATORS = ("javascript_validator", "sql_validator", "security_validator", "runtime_validator")
SECONDS = 120.0


def wait_for(what: str, found: Callable[[], bool], lines: list[str]) -> None:
    end = time.monotonic() + SECONDS
    while not found():
        assert not [line for line in list(lines) if "ended with status" in line], "".join(lines)
        assert time.monotonic() < end, f"{what} did not come:\n{''.join(lines)}"
        time.sleep(0.05)


@contextmanager
def talking(argv: list[str], environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run a process and gather the lines that it says; it is ended with the block."""
    process = subprocess.Popen(
        argv, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        lines.extend(iter(process.stdout.readline, ""))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield process, lines
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()
            thread.join(30)


@dataclass(frozen=True)
class Processes:
    """The services that `scripts/up.py` started, and what it tells those who add one of their own."""

    process: subprocess.Popen[str]
    lines: list[str]
    client: httpx.Client
    joining: dict[str, str]

    def handlers(self) -> dict[str, str]:
        """Announced handlers and their addresses."""
        answer = self.client.get("/api/v1/handlers")
        listed = answer.json()["handlers"] if answer.status_code == 200 else []
        return {handler["name"]: handler["address"] for handler in listed}

    def generate(self, frontend: str) -> httpx.Response:
        """Send the example with another front end, to be written and not proven."""
        body = json.loads(json.dumps(EXAMPLE)) | {"options": {"proof": "none"}}
        body["technology_stack"]["technology_recommendations"]["frontend"] = {"framework": frontend}
        return self.client.post("/api/v1/generate", json=body)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    own = {"STACKWRIGHT_HOME": str(tmp_path / "home"), "STACKWRIGHT_OUTPUT_ROOT": str(tmp_path / "output")}
    argv = [sys.executable, str(ROOT / "scripts" / "up.py"), "--free-ports"]
    argv += [word for name in VALIDATORS for word in ("--without", name)]
    with talking(argv, os.environ | own) as (process, lines):

        def line_of(*texts: str) -> str:
            return next((line for line in list(lines) if all(text in line for text in texts)), "")

        wait_for("the gateway", lambda: bool(line_of("gateway", "serves on")), lines)
        wait_for("the catalogue", lambda: bool(line_of("catalogue", "published, ")), lines)
        told = line_of("a new handler").split(" │ ", 1)[1].split()
        address = re.findall(r"http://[\d.]+:\d+", line_of("gateway", "serves on"))[0]
        with httpx.Client(base_url=address, timeout=120) as client:
            running = Processes(process, lines, client, dict(word.split("=", 1) for word in told))
            wait_for("three handlers", lambda: len(running.handlers()) == 3, lines)
            yield running


def test_a_handler_that_joins_is_used_by_the_next_request(processes: Processes, tmp_path: Path) -> None:
    before = processes.handlers()
    assert set(before) == {"react_frontend", "node_backend", "postgresql_database"}
    usual = processes.generate("React")
    assert usual.status_code == 200, usual.text
    assert (Path(usual.json()["output_path"]) / "frontend" / "package.json").exists()

    refused = processes.generate("Plain HTML")
    assert refused.status_code == 400, refused.text
    details = {item["field"]: item["reason"] for item in refused.json()["error"]["details"]}
    assert set(details) == {FIELD}
    assert "react" in details[FIELD].lower()
    assert "plain html" in details[FIELD].lower()

    toy = [sys.executable, str(ROOT / "examples" / "toy_handler" / "toy_handler.py")]
    with talking(toy, os.environ | processes.joining) as (joined, said):
        wait_for("the toy handler", lambda: "plain_html_frontend" in processes.handlers(), said)
        # Nobody was started again: each is where it was.
        assert before.items() < processes.handlers().items()
        answer = processes.generate("Plain HTML")
        assert answer.status_code == 200, answer.text
        project = Path(answer.json()["output_path"])
        page = (project / "frontend" / "index.html").read_text()
        assert "<h1>Seven Features</h1>" in page
        assert not (project / "frontend" / "package.json").exists()
        assert (project / "backend" / "package.json").exists()
        assert any((project / "database" / "migrations").iterdir())

        address = processes.handlers()["plain_html_frontend"]
        _call_as_a_stranger(address, project / ".stackwright" / "contract.binpb", tmp_path / "drawn", processes.joining)
        assert (tmp_path / "drawn" / "frontend" / "index.html").read_text() == page

        joined.send_signal(signal.SIGTERM)
        assert joined.wait(30) == 0, "".join(said)
        wait_for("its end", lambda: processes.handlers() == before, said)
    assert processes.generate("Plain HTML").status_code == 400

    processes.process.send_signal(signal.SIGINT)
    assert processes.process.wait(60) == 0, "".join(processes.lines)
    text = "".join(processes.lines)
    assert "Traceback" not in text, text


def _call_as_a_stranger(address: str, contract: Path, out: Path, joining: dict[str, str]) -> None:
    """Run the example client as its head says: first alone, then with a contract."""
    client = [sys.executable, str(ROOT / "examples" / "grpc_client.py"), address]
    environment = os.environ | {"STACKWRIGHT_SERVICE_TOKEN": joining["STACKWRIGHT_SERVICE_TOKEN"]}
    asked = subprocess.run(client, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert asked.returncode == 0, asked.stderr
    assert 'name: "plain_html_frontend"' in asked.stdout
    drawn = subprocess.run(
        [*client, str(contract), str(out)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert drawn.returncode == 0, drawn.stderr
    files = [path for path in out.rglob("*") if path.is_file()]
    assert f"{len(files)} files in {out}" in drawn.stdout
